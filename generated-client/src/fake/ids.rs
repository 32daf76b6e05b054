//! IDs and secrets that a server makes up.

use crate::runtime::Timestamp;

/// The digits of IDs, in the order of ASCII: IDs of later seconds sort behind.
const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// IDs count seconds from this one on: 2014-05-13T16:53:20Z.
const EPOCH: i64 = 1_400_000_000;

/// How many digits an ID has behind its prefix: as many as 160 bits take.
const LENGTH: usize = 27;

/// Makes IDs that differ, the same ones in each run that begins with the same seed.
pub(crate) struct Ids {
    random: fastrand::Rng,
}

impl Ids {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            random: fastrand::Rng::with_seed(seed),
        }
    }

    /// An ID such as `ep_2qzOoOwNPVXTmNCAEy0jV9JgpAW`: 32 bits of time and 128 random ones.
    pub(crate) fn id(&mut self, prefix: Option<&str>, now: Timestamp) -> String {
        let seconds = u32::try_from(now.as_second() - EPOCH).unwrap_or_default();
        let [a, b, c, d] = std::array::from_fn(|_| self.random.u32(..));
        let digits = base62([seconds, a, b, c, d]);
        match prefix {
            Some(prefix) => format!("{prefix}_{digits}"),
            None => digits,
        }
    }

    /// A text that nobody guesses, as far as a seed allows.
    pub(crate) fn secret(&mut self) -> String {
        (0..40).map(|_| self.random.alphanumeric()).collect()
    }
}

/// A number of 160 bits in 27 digits.
fn base62(mut number: [u32; 5]) -> String {
    let mut digits = [b'0'; LENGTH];
    for digit in digits.iter_mut().rev() {
        let mut rest = 0_u8;
        for word in &mut number {
            let part = (u64::from(rest) << 32) | u64::from(*word);
            // Both fit: the rest is less than what is divided by.
            *word = u32::try_from(part / 62).unwrap_or_default();
            rest = u8::try_from(part % 62).unwrap_or_default();
        }
        *digit = DIGITS[usize::from(rest)];
    }
    digits.into_iter().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a time")
    }

    #[test]
    fn numbers_have_all_their_digits() {
        assert_eq!(base62([0; 5]), "0".repeat(27));
        assert_eq!(base62([0, 0, 0, 0, 61]), format!("{}z", "0".repeat(26)));
        assert_eq!(base62([0, 0, 0, 1, 0]), format!("{}4gfFC4", "0".repeat(21)));
        assert_eq!(base62([u32::MAX; 5]), "aWgEPTl1tmebfsQzFP4bxwgy80V");
    }

    #[test]
    fn ids_begin_with_their_prefix_and_sort_by_time() {
        let mut ids = Ids::new(1);
        let (early, late) = (
            ids.id(Some("ep"), at(1_735_689_600)),
            ids.id(Some("ep"), at(1_735_689_601)),
        );
        assert!(early.starts_with("ep_") && early.len() == 30, "{early}");
        assert!(early < late);
        assert_eq!(ids.id(None, at(0)).len(), 27);
    }

    #[test]
    fn a_seed_makes_the_same_ids_again() {
        let both = [Ids::new(7), Ids::new(7)].map(|mut ids| (ids.id(None, at(0)), ids.secret()));
        assert_eq!(both[0], both[1]);
        assert_ne!(both[0].0, Ids::new(8).id(None, at(0)));
    }
}
