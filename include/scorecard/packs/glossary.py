"""The pack's glossary: every word of its tables that is not everyday English."""

_TERMS = """
Accumulation           Over what time a figure counts, such as the quarter or the year to date.
Activity effect        The part of a carbon change that staff made: print, travel, energy at home.
Apparent change        A change with each period's own factors: both effects of it together.
Assurance              Whether a process, left alone, meets its target always, never or by chance.
At the end             The figure is that of the period's last moment, such as a backlog.
Baseline               The period that later ones are compared with; or, as a marker, no target yet.
Better                 The figure moved to the side that the KPI wants.
Blue                   A milestone is complete.
Bound                  An end of an interval.
Capital                Money for things that last for years, such as buildings and systems.
CO2e                   Carbon dioxide equivalent: all greenhouse gases, expressed as carbon dioxide.
Commitments            Orders that were placed and are not yet paid.
Common cause           The latest month varies as months of this process do, by chance alone.
Concern                A special cause on the side that is worse, high or low.
Consistently meeting   Left as it is, the process meets its target in every month.
Consistently missing   Left as it is, the process misses its target in every month.
Denominator            What a figure is divided by, such as all incidents resolved.
Direction of travel    Whether the figure is better or worse than in the period it is compared with.
Discrete               The figure counts its own quarter and nothing before.
Duplex                 Printed on both sides of a sheet.
Economy                What things cost.
Effectiveness          Whether what is done helps.
Efficiency             What is got for what is spent.
Envelope               Money that a strategy may spend; no part of what another kind of money is.
Evidence               How well it is known: A measured, B recorded, C estimated, D default.
Evidence coverage      The share of working days whose place a system recorded.
Existing budget        Of a gross cost, what is paid without new money; derived.
Factor                 The official emissions of one unit, such as a mile by car.
Factor effect          The part of a carbon change that changed official factors made.
Floor                  The value below which a figure is Red; between floor and target it is Amber.
Forecast outturn       What the year's spending is expected to come to.
FTE                    Full-time equivalent: two half-time posts are one FTE.
FTE-day                One working day of one full-time post.
Gross                  Before anything is taken off; of carbon, before home-working energy.
Hit or miss            The process meets its target in some months and misses it in others.
Improvement            A special cause on the side that is better, high or low.
Interval               The range of 95 in 100 for the true figure, if the assumed doubts are right.
KPI                    Key performance indicator: a figure by which a service is judged.
Marker                 Letters in square brackets beside a figure, such as [p]; see the notes.
Mean                   The average of the months from which process limits are set.
Net                    After everything is taken off; of carbon, after home-working energy.
Neutral                A special cause that is neither better nor worse; the KPI has a range.
New money              Of a gross cost, what had to be added to the budget for it.
Not applicable         The question does not arise: there is no target, or nothing was counted.
Not comparable         No earlier figure of its kind, or one too unsure to call better or worse.
Not rated              No target, no figure, or too little of it for a verdict.
Numerator              What is counted or added up, such as incidents resolved in time.
One-off                A saving that does not come again next year.
Percentage point       The distance of two percentages: 85% is five points below 90%.
Process limits         Between them a figure varies from month to month by chance alone.
Profile                The part of the year's budget that was planned to be spent by now.
Provisional            A figure that may still change: the period is open, or data are not complete.
RAG                    Red, Amber or Green: how a figure stands to its target.
Recurrent              A saving that comes again each year.
Reset                  The date from which process limits are set anew, because the process changed.
Restated               A figure that differs from the one last published; see Revisions.
Revenue                Money for the running of services.
Same                   The figure did not move, or moved within a range where it should stay.
Scope 3                Emissions that the council causes elsewhere, as by journeys to work.
Set aside              A row that broke a rule, is listed, and is in no figure.
SLA                    Service level agreement: the times in which tickets are to be resolved.
Special cause          A month, or a row of months, that chance alone would hardly bring.
t                      A tonne: 1,000 kilograms.
Target range           A range in which a figure should lie; neither more nor less is better.
Tolerance              How far a figure may miss its target and still be Amber.
Trial limits           Process limits from too few months for a verdict.
Twelve months          The figure counts the twelve months that end with the quarter.
Variation              Whether the latest month is chance (common cause), improvement or concern.
Well to tank           What a fuel emits before it is burnt: its making and its way to the tank.
Worse                  The figure moved to the side that the KPI does not want.
Year to date           From 1 April to the end of the quarter.
"""

GLOSSARY: dict[str, str] = {
    term: meaning.strip()
    for term, _, meaning in (line.partition("  ") for line in _TERMS.strip().splitlines())
}
