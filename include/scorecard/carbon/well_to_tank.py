"""A line beside the net, where the council asks for it: what fuels emit before they are burnt.

The making of a fuel, and its way to the tank or the power station. The net has direct emissions
only, as the official factors keep the two apart. Source: the carbon method, section 3.
"""

from scorecard.carbon.lines import Rules
from scorecard.carbon.products import Line


def well_to_tank(commuting: Line, rules: Rules) -> Line:
    """What the fuel of the kilometres of a commuting line emits before it is burnt.

    Exposed to the same doubts as the line. Not known where it is not, and nothing unless asked for.
    """
    if not rules.policy.well_to_tank or commuting.products is None:
        return Line(None, missing=commuting.missing if rules.policy.well_to_tank else ())
    products = (
        rules.product(
            "well_to_tank",
            (each.counterfactual, each.used),
            rules.factor(f"{each.factor.factor_id}_wtt", each.factor.unit),
            each.exposure,
        )
        for each in commuting.products
    )
    return Line(tuple(products), commuting.grade, quantities=commuting.quantities)
