-- Payments of the transparency files.
-- One row per month of payment, directorate in the publisher's words, and capital flag.
select
    strftime(accepted_spend.paid_on, '%Y-%m') as month,
    coalesce(accepted_spend.directorate, 'UNKNOWN') as directorate,
    accepted_spend.capital_flag as is_capital,
    count(*) as payment_lines,
    cast(sum(accepted_spend.net_amount) as decimal(18, 2)) as net_amount,
    cast(sum(accepted_spend.vat_amount) as decimal(18, 2)) as vat_amount
from accepted_spend
group by month, coalesce(accepted_spend.directorate, 'UNKNOWN'), accepted_spend.capital_flag
