//! The end of examples of recursive types.

use crate::fake::table::{Field, Fields, ValueType};

/// The objects and unions that contain the value that is being created.
#[derive(Default)]
pub(crate) struct OpenTypes(Vec<&'static Fields>);

impl OpenTypes {
    /// Opens an object or a union, before its fields or its member are created.
    pub(crate) fn enter(&mut self, fields: &'static Fields) {
        self.0.push(fields);
    }

    /// Closes the object or the union that was opened last.
    pub(crate) fn leave(&mut self) {
        self.0.pop();
    }

    /// Returns the first member of the innermost union whose value does not contain an open type.
    pub(crate) fn member(&mut self, members: Fields, is_needed: fn(&Field) -> bool) -> Option<&'static Field> {
        members.iter().find(|member| self.ends(member.ty, is_needed))
    }

    /// Returns `true` if a type has a value that does not contain an open type. Values of objects contain the needed fields. Lists
    /// and maps may be empty.
    pub(crate) fn ends(&mut self, ty: ValueType, is_needed: fn(&Field) -> bool) -> bool {
        let (fields, is_object) = match ty {
            ValueType::Object(fields) => (fields, true),
            ValueType::Union(members) | ValueType::Tagged(_, members) | ValueType::AnyOf(members) => (members, false),
            _ => return true,
        };
        if self.0.iter().any(|open| std::ptr::eq(*open, fields)) {
            return false;
        }
        self.0.push(fields);
        let mut fields = fields.iter();
        let ends = if is_object {
            fields
                .filter(|field| is_needed(field))
                .all(|field| self.ends(field.ty, is_needed))
        } else {
            fields.any(|member| self.ends(member.ty, is_needed))
        };
        self.0.pop();
        ends
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static FILTER: Fields = &[
        Field::new("not", ValueType::Object(&NEGATION)),
        Field::new("all", ValueType::Object(&CONJUNCTION)),
        Field::new("flag", ValueType::Boolean),
    ];
    static NEGATION: Fields = &[Field::new("of", ValueType::Tagged("op", &FILTER)).required()];
    static CONJUNCTION: Fields = &[Field::new("of", ValueType::List(&ValueType::Tagged("op", &FILTER))).required()];

    #[test]
    fn members_that_contain_the_union_are_not_chosen() {
        let is_needed: fn(&Field) -> bool = |field| field.required;
        let mut open = OpenTypes::default();
        assert!(open.ends(ValueType::Tagged("op", &FILTER), is_needed));
        open.enter(&FILTER);
        assert!(!open.ends(ValueType::Tagged("op", &FILTER), is_needed));
        assert!(!open.ends(ValueType::Object(&NEGATION), is_needed));
        let member = open.member(FILTER, is_needed).map(|member| member.name);
        assert_eq!(member, Some("all"));
        open.leave();
        assert_eq!(open.member(FILTER, is_needed).map(|member| member.name), Some("not"));
    }
}
