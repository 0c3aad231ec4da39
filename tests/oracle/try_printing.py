from tests.oracle.given_people import *
from tests.oracle.given_printing import print_jobs
from tests.oracle.expected_printing import expected
from tests.oracle.expected_presence import workforce_by_month
def make(rng,n,clock,spans):
    s=staff(rng,min(n,40000)); w=workforce(rng); j=print_jobs(rng,n,int(s["person_pseud"].max())+1)
    ms={month_text(m) for m in MONTHS}
    return {"staff":s,"workforce":w,"print_jobs":j},{"staff":ms,"workforce":ms,"print_jobs":ms},expected(j,s,workforce_by_month(w,clock),spans)
