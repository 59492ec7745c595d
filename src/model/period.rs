//! Periods as documents state them: how long something is kept, how often it is reviewed.

use chrono::{Days, Months, NaiveDate};

/// A stretch of calendar time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// Days.
    Days(u32),
    /// Months; a year is twelve.
    Months(u32),
    /// For ever.
    Indefinite,
}

impl Period {
    /// Reads `7-years`, `7 years`, `90d`, `P7Y` or `indefinite`; zero is no period.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase();
        if matches!(text.as_str(), "indefinite" | "indefinitely" | "permanent" | "forever") {
            return Some(Self::Indefinite);
        }
        let iso = text.strip_prefix('p');
        let rest = iso.unwrap_or(&text);
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number: u32 = rest[..digits].parse().ok().filter(|number| *number > 0)?;
        let unit = rest[digits..].trim_start_matches(['-', ' ', '_']);
        let months = |each: u32| number.checked_mul(each).map(Self::Months);
        match unit {
            "y" | "yr" | "yrs" | "year" | "years" => months(12),
            "month" | "months" | "mo" => months(1),
            "m" if iso.is_some() => months(1),
            "w" | "week" | "weeks" => number.checked_mul(7).map(Self::Days),
            "d" | "day" | "days" => Some(Self::Days(number)),
            _ => None,
        }
    }

    /// Reads how often something is done (`quarterly`). Words with two meanings (`biannual`) are not read.
    #[must_use]
    pub fn parse_frequency(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase().replace(['_', ' '], "-");
        Some(match text.as_str() {
            "daily" => Self::Days(1),
            "weekly" => Self::Days(7),
            "biweekly" => Self::Days(14),
            "monthly" => Self::Months(1),
            "quarterly" => Self::Months(3),
            "semi-annual" | "semi-annually" | "semiannual" | "half-yearly" => Self::Months(6),
            "annual" | "annually" | "yearly" => Self::Months(12),
            "biennial" | "every-2-years" => Self::Months(24),
            "triennial" | "every-3-years" => Self::Months(36),
            other => return other.strip_prefix("every-").and_then(Self::parse),
        })
    }

    /// Tells whether words for how often name an occasion rather than a stretch of time (`on-change`).
    #[must_use]
    pub fn is_by_event(text: &str) -> bool {
        let plain: String = text.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
        matches!(plain.as_str(), "onchange" | "never" | "none" | "na" | "adhoc" | "asneeded" | "oneoff" | "once")
    }

    /// Returns this period so many times over: days of a series are counted from its beginning, so that the end of a
    /// month does not drift.
    #[must_use]
    pub fn times(self, count: u32) -> Option<Self> {
        match self {
            Self::Days(days) => days.checked_mul(count).map(Self::Days),
            Self::Months(months) => months.checked_mul(count).map(Self::Months),
            Self::Indefinite => Some(self),
        }
    }

    /// Returns the day this long after `date`, at most the last day of its month; `None` for ever.
    #[must_use]
    pub fn after(self, date: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Days(days) => date.checked_add_days(Days::new(u64::from(days))),
            Self::Months(months) => date.checked_add_months(Months::new(months)),
            Self::Indefinite => None,
        }
    }

    /// Returns a length to compare by, in days.
    #[must_use]
    pub fn length(self) -> u64 {
        match self {
            Self::Days(days) => u64::from(days),
            Self::Months(months) => u64::from(months) * 3044 / 100,
            Self::Indefinite => u64::MAX,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn months_end_at_the_end_of_a_shorter_month() {
        for (anchor, frequency, due) in [
            ("2026-01-10", "quarterly", "2026-04-10"),
            ("2025-11-30", "quarterly", "2026-02-28"),
            ("2028-01-31", "monthly", "2028-02-29"),
            ("2026-08-31", "semi-annual", "2027-02-28"),
            ("2024-02-29", "annual", "2025-02-28"),
            ("2026-12-31", "weekly", "2027-01-07"),
        ] {
            assert_eq!(Period::parse_frequency(frequency).unwrap().after(day(anchor)), Some(day(due)), "{frequency}");
        }
        assert_eq!(Period::parse("6-years").unwrap().after(day("2024-02-29")), Some(day("2030-02-28")));
        assert_eq!(Period::parse("7 years"), Period::parse("P7Y"));
        assert_eq!(Period::parse("indefinite").unwrap().after(day("2024-02-29")), None);
    }

    #[test]
    fn what_is_no_clear_period_is_not_read() {
        for text in ["", "years", "0-years", "-1-years", "7", "soon", "99999999999-years", "4294967295-years", "7m"] {
            assert_eq!(Period::parse(text), None, "{text}");
        }
        for text in ["biannual", "bimonthly", "on-change", "often"] {
            assert_eq!(Period::parse_frequency(text), None, "{text}");
        }
    }
}
