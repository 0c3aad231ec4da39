-- Under-used printers, of those that the log names.
-- One row per period, for COUNCIL alone: a printer serves whoever is near it.
-- Quarters and years to date only. A month in which a printer is not in the log does not count.
with

seen as (
    select
        periods.period,
        device_months.device,
        sum(device_months.pages) as pages,
        count(*) as months
    from device_months
    inner join periods
        on
            device_months.month_starts_at >= periods.starts_at
            and device_months.month_starts_at < periods.ends_at
    where periods.kind != 'month'
    group by periods.period, device_months.device
)

select
    seen.period,
    'COUNCIL' as directorate,
    count(*) filter (
        where seen.pages < seen.months * print_settings.device_underused_pages
    ) as numerator,
    count(*) as denominator
from seen
cross join print_settings
group by seen.period
order by seen.period
