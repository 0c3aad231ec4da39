"""What each column of the pack's workbook means, and which sheets have it: for the dictionary."""

from scorecard.packs import carbon_sheets as carbon
from scorecard.packs.activity_sheets import ACTIVITIES
from scorecard.packs.build import CHART_DATA
from scorecard.packs.carbon_office import OFFICES
from scorecard.packs.changes_sheet import CHANGES
from scorecard.packs.evidence_sheets import CARBON, DATA_QUALITY, FACTORS, PROVENANCE
from scorecard.packs.exceptions_sheet import EXCEPTIONS
from scorecard.packs.kpi_sheets import DEFINITIONS, FIGURES, SERIES, SUMMARY
from scorecard.packs.review_sheet import REVIEW
from scorecard.packs.revisions import COLUMNS as REVISIONS
from scorecard.packs.spans import OF_YEAR, THIS_YEAR
from scorecard.packs.value_for_money import COLUMNS as VALUE_FOR_MONEY

SHEETS: dict[str, tuple[str, ...]] = {
    "Summary": SUMMARY,
    "Summary of a year": (THIS_YEAR, *OF_YEAR),
    "Exceptions": EXCEPTIONS,
    "Changes": CHANGES,
    "Value_for_money": VALUE_FOR_MONEY,
    "Review_these": REVIEW,
    "KPI_figures": FIGURES,
    "KPI_series": SERIES,
    "KPI_definitions": DEFINITIONS,
    **{activity.name: activity.headings for activity in ACTIVITIES},
    "Carbon": CARBON,
    "Carbon_net": carbon.NETS,
    "Carbon_effects": carbon.EFFECTS,
    "Carbon_waterfall": carbon.WATERFALL,
    "Carbon_sensitivity": carbon.SENSITIVITY,
    "Carbon_alternatives": carbon.SCENARIOS,
    "Carbon_history": carbon.HISTORY,
    "Carbon_break_even": carbon.BREAK_EVEN,
    "Carbon_assumptions": carbon.ASSUMPTIONS,
    "Carbon_office": OFFICES,
    "Factors": FACTORS,
    "Revisions": REVISIONS,
    "Data_quality": DATA_QUALITY,
    "Provenance": PROVENANCE,
    "Chart_data": CHART_DATA,
}

_MEANINGS = """
Accumulation                 Whether the value is of the period, to date or at its end
Action                       What is done about it; officers write it
Activity effect              Part of a carbon change that comes from printing or travelling less
Actual to date (GBP)         Spent from April to the end of the month
Agreed pattern (percent)     Share of FTE-days placed by the agreed pattern of work alone
Alternative                  What is assumed instead
Amount (GBP)                 What was promised, given or costed, of all years together
Apparent change              Change at each period's own factors; the two effects together
Approved by                  The decision by which the rule changed
Aspect                       Economy, efficiency or effectiveness
Assumption                   What the estimate takes for granted
Assurance                    Whether the process meets its target always, never or by chance
At risk (GBP)                Savings that may not be delivered
Better is                    Whether higher, lower or within a band is better
Break-even one way (km)      Distance to work beyond which a day at home saves carbon
By when                      When the action is done; officers write it
Capital spent (GBP)          Capital spent of the sum to date
Cause                        Why the figure is Red, or of concern; officers write it
Chance above zero            Chance that anything was avoided, net
Check                        The rule that was asked
Colour pages                 Page sides in colour
Commitments (GBP)            Orders placed and not yet paid
Component                    The line of the carbon estimate
Conflicting (percent)        Share of FTE-days with traces of two places, or of work on leave
Definition                   What the KPI counts
Delivered (GBP)              Savings delivered to date
Delivered, one-off (GBP)     Savings delivered that do not come again
Delivered, recurrent (GBP)   Savings delivered that come again each year
Denominator                  What the numerator is divided by; 1 for a count or a sum
Description                  The official wording of a factor
Direction of travel          Better, worse or the same as in the period that the KPI names
Directorate                  Code or name of the directorate; COUNCIL is the whole council
Duplex pages                 Page sides printed on both sides of a sheet
Effect on figures            What the check did to the figures
Evidence                     The weakest evidence behind the net, A measured to D default
Evidence coverage (percent)  Share of FTE-days for which a system has evidence
Extract                      Name of the file as received
Factor effect                Part of a carbon change that comes from changed official factors
Factor id                    Our name of an official factor
Factor year                  Publication year of the set of factors
Factor years                 Publication years of the factors used
Financial year               Financial year, 2025-26
First shown in               Revision in which the value first stood
Forecast (GBP)               Savings forecast for the full year
Forecast for all years (GBP)  What the whole sum is forecast to come to
Forecast for the year (GBP)  What the year is forecast to come to
Forecast outturn (GBP)       Forecast for the full year
From                         Period or day from which the new rule holds
Funding source               What pays: base budget, reserve, capital, grant, outside party
Gross avoided                Printing and commuting avoided, home working not yet taken off
Gross lower bound            Lower end of the 95 per cent interval of the gross
Gross upper bound            Upper end of the 95 per cent interval of the gross
Home FTE-days                FTE-days worked at home
Impact                       How far the net would move if the assumption were wrong
In words                     What the net says, by fixed rules
Kilograms CO2e               Estimated emissions avoided; negative is an increase
Kind                         What kind of rule changed; or which kind of money, never added
KPI                          Name of the KPI
KPI id                       The KPI's name in files and in the register
Left (GBP)                   The sum less spending and commitments
Lower bound                  Lower end of the 95 per cent interval
Lower process limit          Below this a month is unlike the months before
Marker                       State and flags, such as [p]; blank is final
Mean                         Mean of the process
Month                        Month, 2025-04
Moves the net by             Distance between the two nets beside it
Net as published             The net as this pack prints it
Net avoided                  Gross less home-working energy; negative is an increase
Net if higher                The net with the assumption at the upper end of its width
Net if lower                 The net with the assumption at the lower end of its width
Net instead                  The net under the alternative
Net lower bound              Lower end of the 95 per cent interval of the net
Net per FTE                  Kilograms of net for each full-time equivalent
Net upper bound              Upper end of the 95 per cent interval of the net
New                          What holds now
Notes                        What a reader should know of the figure
Numerator                    What is counted or added up
Office FTE-days              FTE-days worked in the office
On track (GBP)               Savings still to come and on track
Open at month end            Tickets open at the end of the month
Opened                       Tickets raised in the month
Owner                        The role that answers for the KPI
Owner role                   The role that answers for the action, or whose commentary is awaited
Pages                        Page sides that came out
Per FTE lower bound          Lower end of the 95 per cent interval of the net per FTE
Per FTE upper bound          Upper end of the 95 per cent interval of the net per FTE
Period                       Month, quarter or year to date
Previous                     What held before
Previous quarter             The figure of the quarter before
Previous year                The figure of the year before
Previous value               The value that was last published
Profile (GBP)                What was planned for the financial year
Profile to date (GBP)        Spending, or savings, planned by the end of the month
Publication year             Year of the official set of factors
Publisher                    Who published the factor
Quality                      How well the assumption is known
Quarter                      Financial quarter
Quarter 1                    The figure of April to June of the year
Quarter 2                    The figure of July to September of the year
Quarter 3                    The figure of October to December of the year
Quarter 4                    The figure of January to March of the year
RAG                          Red, Amber, Green or Not rated, by the KPI's rule
RAG rule                     How the KPI is rated
Reason                       Why it changed
Received                     When the extract was received
Recurrence                   Recurrent each year, or one-off
Remote share (percent)       Share of FTE-days worked at home, unknown days left out
Resolved                     Tickets resolved in the month
Resolved within SLA          Of these, the tickets resolved by their due time
Result                       Passed, set aside, failed or refused, or what the gate did
Revenue spent (GBP)          Revenue spent of the sum to date
Revised budget (GBP)         Full-year budget as now revised
Revised value                The value in this revision
Rows accepted                Rows that figures may count
Rows checked                 Rows that the check looked at
Rows received                Rows of the extract
Rows set aside               Rows that broke a rule and are in no figure
Same quarter last year       The figure of the same quarter a year before
Severity                     Critical refuses the extract; warning sets rows aside; gate marks
SHA-256                      Fingerprint of the file as received
Sheets (A4 equivalent)       Sheets of paper; an A3 sheet is two of A4
Source                       What sent the rows
Spent externally (GBP)       Spending on consultants and partners
Spent on staff (GBP)         Spending on people
Spent on technology (GBP)    Spending on equipment, licences and services
Step                         A step from gross to net
Strategy                     The strategy that the money or the saving belongs to
Strong evidence (percent)    Share of FTE-days with a desk check-in, badge or two hours of VPN
Tables                       Tables that the KPI reads
Target                       The target in force for the period; of a range its two ends
Target (GBP)                 Full-year target of the savings
Target from                  Lower end of the range that meets the target
Target line                  A target that is one number, for the chart
Target line, changed         The one that followed it, in a line of its own
Target range height          Height of the range that meets the target, for the chart
Target to                    Upper end of the range that meets the target
Test                         The test for sense that found something
Theme                        The part of the pack that the KPI belongs to
This quarter                 The figure of the quarter
This year                    The figure of the year, April to March
Type                         Incident or request; for a revision: scheduled, correction or version
Unachievable (GBP)           Savings that will not be delivered
Unit                         What the value is counted in
Unknown (percent)            Share of FTE-days whose place is not known
Unknown FTE-days             FTE-days without evidence
Upper bound                  Upper end of the 95 per cent interval
Upper process limit          Above this a month is unlike the months before
Used for                     Lines of the estimate that use the factor
Value                        Numerator divided by denominator, rounded once
Variance to date (GBP)       Actual less profile; positive is overspent
Variation                    Whether the months show improvement, concern or only chance
Version                      Version of the definition, or of the set of factors
Version since                Quarter from which the version holds
Way to travel                A way to travel to work
Weak evidence (percent)      Share of FTE-days placed by a sign-in
What to check                What a person looks at; nothing is corrected by itself
What was found               The numbers that the test looked at
Why listed                   The figure, the rule that made it Red or the special cause it shows
Width                        Times or divided by this, the 95 per cent range of the assumption
Year to date                 The figure from 1 April to the end of the quarter
Years                        First and last financial year of the sum
"""

MEANINGS: dict[str, str] = {
    heading: meaning.strip()
    for heading, _, meaning in (
        line.partition("  ") for line in _MEANINGS.strip().splitlines()
    )
}  # fmt: skip
