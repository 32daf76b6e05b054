//! Required fields of an object.

/// The required fields of an object, and those that are still missing while it is decoded.
pub(crate) struct Required {
    /// The fields that are always encoded or required, with `true` if they are required.
    fields: &'static [(&'static str, bool)],
    /// A bit for each of the first 64 fields, set while a required field is missing.
    first: u64,
    /// The same for the other fields. Objects with more than 64 are rare, and only they need an allocation.
    rest: Vec<bool>,
}

impl Required {
    /// Requires the fields that are paired with `true`.
    pub(crate) fn new(fields: &'static [(&'static str, bool)]) -> Self {
        let bit = |(index, (_, required)): (usize, &(&str, bool))| u64::from(*required) << index;
        let (first, rest) = fields.split_at(fields.len().min(64));
        Self {
            fields,
            first: first.iter().enumerate().map(bit).sum(),
            rest: rest.iter().map(|(_, required)| *required).collect(),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.first == 0 && self.rest.is_empty()
    }

    /// Marks a field as present. Returns `true` if it was missing.
    #[inline]
    pub(crate) fn mark_present(&mut self, name: &str) -> bool {
        !self.is_empty() && self.remove(name)
    }

    fn remove(&mut self, name: &str) -> bool {
        let Some(index) = self.fields.iter().position(|(known, _)| *known == name) else {
            return false;
        };
        if let Some(index) = index.checked_sub(64) {
            return std::mem::take(&mut self.rest[index]);
        }
        let was_missing = self.first >> index & 1 == 1;
        self.first &= !(1 << index);
        was_missing
    }

    /// Returns the first field that is still missing.
    pub(crate) fn first_missing(&self) -> Option<&'static str> {
        let index = if self.first == 0 {
            64 + self.rest.iter().position(|missing| *missing)?
        } else {
            self.first.trailing_zeros() as usize
        };
        Some(self.fields[index].0)
    }
}

#[cfg(test)]
mod tests {
    use super::Required;

    #[test]
    fn tracks_any_number_of_fields() {
        let names: Vec<&'static str> = (0..200).map(|index| &*format!("field_{index}").leak()).collect();
        let fields: Vec<_> = names.iter().map(|name| (*name, *name != "field_63")).collect();
        let mut required = Required::new(fields.leak());
        for (index, name) in names.iter().enumerate().filter(|(index, _)| *index != 63) {
            assert_eq!(required.first_missing(), Some(*name), "{index}");
            assert!(required.mark_present(name) && !required.mark_present(name), "{name}");
        }
        assert!(!required.mark_present("field_63") && !required.mark_present("other"));
        assert_eq!(required.first_missing(), None);
        assert!(Required::new(&[("always", false)]).is_empty());
    }
}
