//! IDs and secrets that a server generates.

use crate::runtime::Timestamp;

/// The digits of IDs, in ASCII order, so that IDs sort by the second of their creation.
const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The epoch of timestamps in IDs: 2014-05-13T16:53:20Z.
const EPOCH: i64 = 1_400_000_000;

/// The number of digits after the prefix of an ID, enough for 160 bits.
const LENGTH: usize = 27;

/// A generator of unique IDs and secrets, reproducible from a seed.
pub(crate) struct Ids {
    random: fastrand::Rng,
}

impl Ids {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            random: fastrand::Rng::with_seed(seed),
        }
    }

    /// Generates an ID such as `ep_2qzOoOwNPVXTmNCAEy0jV9JgpAW`: 32 bits of time and 128 random bits.
    pub(crate) fn id(&mut self, prefix: Option<&str>, now: Timestamp) -> String {
        let seconds = u32::try_from(now.as_second() - EPOCH).unwrap_or_default();
        let [a, b, c, d] = std::array::from_fn(|_| self.random.u32(..));
        let digits = base62([seconds, a, b, c, d]);
        match prefix {
            Some(prefix) => format!("{prefix}{digits}"),
            None => digits,
        }
    }

    /// Generates a random UUID, of version 4.
    pub(crate) fn uuid(&mut self) -> String {
        let (high, middle, low) = (self.random.u32(..), self.random.u32(..), self.random.u64(..));
        // The 13th digit is the version, and the 17th starts with the bits of the variant.
        format!(
            "{high:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            middle >> 16,
            middle & 0xfff,
            low >> 50 | 0x8000,
            low & 0xffff_ffff_ffff
        )
    }

    /// Generates a random string. It is only as unpredictable as the seed.
    pub(crate) fn secret(&mut self) -> String {
        (0..40).map(|_| self.random.alphanumeric()).collect()
    }
}

/// Encodes a 160-bit number in 27 digits.
fn base62(mut number: [u32; 5]) -> String {
    let mut digits = [b'0'; LENGTH];
    for digit in digits.iter_mut().rev() {
        let mut rest = 0_u8;
        for word in &mut number {
            let part = (u64::from(rest) << 32) | u64::from(*word);
            // Both conversions succeed: the remainder is less than the divisor.
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
        Timestamp::from_second(second).expect("a valid timestamp")
    }

    #[test]
    fn base62_pads_to_27_digits() {
        assert_eq!(base62([0; 5]), "0".repeat(27));
        assert_eq!(base62([0, 0, 0, 0, 61]), format!("{}z", "0".repeat(26)));
        assert_eq!(base62([0, 0, 0, 1, 0]), format!("{}4gfFC4", "0".repeat(21)));
        assert_eq!(base62([u32::MAX; 5]), "aWgEPTl1tmebfsQzFP4bxwgy80V");
    }

    #[test]
    fn ids_start_with_prefix_and_sort_by_time() {
        let mut ids = Ids::new(1);
        let (early, late) = (
            ids.id(Some("ep_"), at(1_735_689_600)),
            ids.id(Some("ep_"), at(1_735_689_601)),
        );
        assert!(early.starts_with("ep_") && early.len() == 30, "{early}");
        assert!(early < late);
        assert_eq!(ids.id(None, at(0)).len(), 27);
    }

    #[test]
    fn uuids_have_a_version_and_a_variant() {
        let mut ids = Ids::new(1);
        for _ in 0..100 {
            let id = ids.uuid();
            let lengths: Vec<_> = id.split('-').map(str::len).collect();
            assert_eq!(lengths, [8, 4, 4, 4, 12], "{id}");
            assert!(
                id[14..].starts_with('4') && id[19..].starts_with(['8', '9', 'a', 'b']),
                "{id}"
            );
        }
    }

    #[test]
    fn equal_seeds_give_equal_ids() {
        let both = [Ids::new(7), Ids::new(7)].map(|mut ids| (ids.id(None, at(0)), ids.secret()));
        assert_eq!(both[0], both[1]);
        assert_ne!(both[0].0, Ids::new(8).id(None, at(0)));
    }
}
