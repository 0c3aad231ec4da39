-- Reduction in printing from baseline.
-- One row per period and directorate, and one per period for COUNCIL.
-- Quarters and years to date only, from the baseline year on. A baseline of several years is their
-- average: each of them is set against the period's own pages.
with

printed as (
    select
        baseline_periods.period,
        clean_print_jobs.directorate,
        0 as baseline_pages,
        clean_print_jobs.pages
    from clean_print_jobs
    inner join baseline_periods
        on
            clean_print_jobs.day_starts_at >= baseline_periods.starts_at
            and clean_print_jobs.day_starts_at < baseline_periods.ends_at
    where baseline_periods.kind != 'month'
),

baseline as (
    select
        baseline_periods.period,
        baseline_periods.baseline_period,
        clean_print_jobs.pages as baseline_pages,
        0 as pages,
        coalesce(
            baseline_directorates.directorate, clean_print_jobs.directorate
        ) as directorate
    from clean_print_jobs
    inner join baseline_periods
        on
            clean_print_jobs.day_starts_at >= baseline_periods.baseline_starts_at
            and clean_print_jobs.day_starts_at < baseline_periods.baseline_ends_at
    left join baseline_directorates
        on
            baseline_periods.period = baseline_directorates.period
            and baseline_periods.baseline_period
            = baseline_directorates.baseline_period
            and clean_print_jobs.directorate
            = baseline_directorates.baseline_directorate
    where baseline_periods.kind != 'month'
),

-- Periods of which every baseline year has jobs.
compared as (
    select baseline_periods.period
    from baseline_periods
    left join baseline
        on
            baseline_periods.period = baseline.period
            and baseline_periods.baseline_period = baseline.baseline_period
    group by baseline_periods.period
    having
        count(distinct baseline_periods.baseline_period)
        = count(distinct baseline.baseline_period)
),

together as (
    select
        printed.period,
        printed.directorate,
        printed.baseline_pages,
        printed.pages
    from printed
    union all
    select
        baseline.period,
        baseline.directorate,
        baseline.baseline_pages,
        baseline.pages
    from baseline
)

-- A period in which no job is known has no figure, nor has one without a baseline.
select
    period,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    sum(baseline_pages - pages) as numerator,
    sum(baseline_pages) as denominator
from together
where
    period in (select printed.period from printed)
    and period in (select compared.period from compared)
group by grouping sets ((period, directorate), (period))
order by period, directorate
