from tests.oracle import council
from tests.oracle.given_money import ledger, savings
from tests.oracle.expected_money import expected_ledger, expected_savings
def make(rng,n,clock,spans):
    l,lm=ledger(rng,n); s,sm=savings(rng,n)
    f=council.SETTLED.strategy_finance
    e={**expected_ledger(l,spans,f),**expected_savings(s,spans,f)}
    return {"ledger":l,"savings":s},{"ledger":lm,"savings":sm},e
