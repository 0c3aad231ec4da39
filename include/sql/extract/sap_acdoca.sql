-- Lines of SAP's universal journal from April to the period asked for, of the leading ledger.
-- One row per line of the journal. Set the company code as your council has it.
select
    rldnr,
    rbukrs,
    gjahr,
    poper,
    belnr,
    docln,
    racct,
    rcntr,
    prctr,
    rfarea,
    budat,
    blart,
    drcrk,
    hsl
from acdoca
where
    rldnr = '0L'
    and gjahr = substring(:fin_year, 1, 4)
    and cast(poper as integer) <= :period_no
order by
    rbukrs,
    belnr,
    docln
