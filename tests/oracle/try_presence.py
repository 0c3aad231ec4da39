from tests.oracle.given_people import *
from tests.oracle.given_presence import presence_events
from tests.oracle.expected_presence import expected,workforce_by_month
def make(rng,n,clock,spans):
    s=staff(rng,min(n,40000)); w=workforce(rng); t=travel_survey(rng,n); p=presence_events(rng,n,s)
    ms={month_text(m) for m in MONTHS}
    return {"staff":s,"workforce":w,"presence_events":p,"travel_survey":t},{"staff":ms,"workforce":ms,"presence_events":ms,"travel_survey":{"2022-04","2024-04","2025-04"}},expected(s,workforce_by_month(w,clock),p,t,clock,spans)
