"""Pure parts that know no feature: rules, calendar, numbers, errors."""
