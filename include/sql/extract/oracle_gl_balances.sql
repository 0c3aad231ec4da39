-- Balances of Oracle's general ledger, in the ledger's own money.
-- One row per code combination and kind of balance: actual, budget and encumbrance.
-- The budget's balance is that of the whole year, under the period of the actuals. Set the ledger,
-- the budget version and the segments as your chart of accounts has them.
with

balances as (
    select
        gl_balances.ledger_id,
        gl_balances.code_combination_id,
        gl_balances.currency_code,
        gl_balances.period_name,
        gl_balances.period_year,
        gl_balances.period_num,
        gl_balances.actual_flag,
        gl_balances.period_net_dr,
        gl_balances.period_net_cr,
        gl_balances.begin_balance_dr,
        gl_balances.begin_balance_cr
    from gl_balances
    where
        gl_balances.actual_flag in ('A', 'E')
        and gl_balances.period_year = :first_year + 1
        and gl_balances.period_num = :period_no
),

budgets as (
    select
        gl_balances.ledger_id,
        gl_balances.code_combination_id,
        gl_balances.currency_code,
        gl_balances.period_year,
        gl_balances.actual_flag,
        gl_balances.period_net_dr,
        gl_balances.period_net_cr,
        gl_balances.begin_balance_dr,
        gl_balances.begin_balance_cr
    from gl_balances
    where
        gl_balances.actual_flag = 'B'
        and gl_balances.period_year = :first_year + 1
        and gl_balances.period_num = 12
),

every_balance as (
    select
        ledger_id,
        code_combination_id,
        currency_code,
        period_name,
        period_year,
        period_num,
        actual_flag,
        period_net_dr,
        period_net_cr,
        begin_balance_dr,
        begin_balance_cr
    from balances
    union all
    select
        ledger_id,
        code_combination_id,
        currency_code,
        null as period_name,
        period_year,
        :period_no as period_num,
        actual_flag,
        period_net_dr,
        period_net_cr,
        begin_balance_dr,
        begin_balance_cr
    from budgets
)

select
    every_balance.ledger_id,
    every_balance.code_combination_id,
    every_balance.currency_code,
    every_balance.period_name,
    every_balance.period_year,
    every_balance.period_num,
    every_balance.actual_flag,
    every_balance.period_net_dr,
    every_balance.period_net_cr,
    every_balance.begin_balance_dr,
    every_balance.begin_balance_cr,
    gl_code_combinations.segment1,
    gl_code_combinations.segment2
from every_balance
inner join gl_code_combinations
    on every_balance.code_combination_id = gl_code_combinations.code_combination_id
order by
    every_balance.ledger_id,
    every_balance.code_combination_id,
    every_balance.currency_code,
    every_balance.actual_flag
