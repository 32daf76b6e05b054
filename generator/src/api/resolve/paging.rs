//! Resolves the paging of the API and of operations.

use crate::api::model::{LastPage, MissingFields, NextPage, PageSize, Paging};
use crate::syntax::{self, Diagnostic, Diagnostics, Omittable, Place};

/// A style of paging, determined by a key of `paging`.
struct Style {
    key: &'static str,
    /// The keys that must accompany the key of the style.
    requires: &'static [&'static str],
    /// The keys that may accompany it.
    allows: &'static [&'static str],
    example: &'static str,
}

const STYLES: [Style; 6] = [
    Style {
        key: "next_uri",
        requires: &[],
        allows: &[],
        example: "{ next_uri: KEY }",
    },
    Style {
        key: "cursor",
        requires: &["query"],
        allows: &[],
        example: "{ cursor: KEY, query: PARAMETER }",
    },
    Style {
        key: "link",
        requires: &[],
        allows: &[],
        example: "{ link: next }",
    },
    Style {
        key: "page",
        requires: &[],
        allows: &["first", "next", "pages", "more"],
        example: "{ page: PARAMETER, pages: KEY }",
    },
    Style {
        key: "offset",
        requires: &[],
        allows: &["more", "total"],
        example: "{ offset: PARAMETER, total: KEY }",
    },
    Style {
        key: "last",
        requires: &["query"],
        allows: &["more"],
        example: "{ last: FIELD, query: PARAMETER, more: KEY }",
    },
];

/// The keys that name the sign of the last page.
const ENDS: [&str; 4] = ["next", "pages", "more", "total"];

/// Resolves `paging`, the value of the entry at a place.
pub fn paging(
    place: &Place,
    written: &syntax::Paging,
    missing_fields: MissingFields,
    errors: &mut Diagnostics,
) -> Option<Paging> {
    let keys = written_keys(written);
    let style = style(place, &keys, errors)?;
    check_keys(place, style, &keys, errors);
    let end = end(written);
    let query = written.query.clone();
    let next = match (style.key, query) {
        ("next_uri", _) => NextPage::Uri(written.next_uri.clone()?),
        ("link", _) => NextPage::Link(written.link.clone()?),
        ("page", _) => NextPage::Page {
            query: written.page.clone()?,
            first: written.first.unwrap_or(1),
            end,
        },
        ("offset", _) => NextPage::Offset {
            query: written.offset.clone()?,
            end,
        },
        ("cursor", Some(query)) => NextPage::Cursor {
            cursor: written.cursor.clone()?,
            query,
        },
        (_, Some(query)) => NextPage::LastItem {
            field: written.last.clone()?,
            query,
            end,
        },
        (_, None) => return None,
    };
    let may_omit_items = written.may_omit.contains(&Omittable::Items);
    Some(Paging {
        next,
        size: PageSize {
            query: written.limit.clone(),
            max: written.max_limit,
        },
        items: written.items.clone(),
        may_omit_items,
        rejects_null: missing_fields == MissingFields::Error && !may_omit_items,
        may_omit_next: written.may_omit.contains(&Omittable::Next),
    })
}

/// Returns the keys of `paging` that belong to a style.
fn written_keys(written: &syntax::Paging) -> Vec<&'static str> {
    let keys = [
        ("next_uri", written.next_uri.is_some()),
        ("cursor", written.cursor.is_some()),
        ("link", written.link.is_some()),
        ("page", written.page.is_some()),
        ("offset", written.offset.is_some()),
        ("last", written.last.is_some()),
        ("query", written.query.is_some()),
        ("first", written.first.is_some()),
        ("next", written.next.is_some()),
        ("pages", written.pages.is_some()),
        ("more", written.more.is_some()),
        ("total", written.total.is_some()),
    ];
    let written = keys.into_iter().filter(|(_, is_written)| *is_written);
    written.map(|(key, _)| key).collect()
}

fn style(place: &Place, keys: &[&str], errors: &mut Diagnostics) -> Option<&'static Style> {
    let mut styles = STYLES.iter().filter(|style| keys.contains(&style.key));
    match (styles.next(), styles.next()) {
        (Some(style), None) => Some(style),
        (Some(first), Some(second)) => {
            let message = format!("`paging` has two styles: `{}` and `{}`", first.key, second.key);
            errors.push(Diagnostic::new(place.entry(second.key), message).help("remove one of them"));
            None
        }
        (None, _) => {
            let examples = STYLES.map(|style| style.example).join("`, `");
            errors.push(
                Diagnostic::new(
                    place.clone(),
                    "`paging` does not determine how a page links to the next one",
                )
                .note(format!("the styles of paging are `{examples}`")),
            );
            None
        }
    }
}

/// Checks that the other keys belong to the style.
fn check_keys(place: &Place, style: &Style, keys: &[&'static str], errors: &mut Diagnostics) {
    let form = || format!("write paging of this style as `{}`", style.example);
    for required in style.requires.iter().filter(|key| !keys.contains(key)) {
        let message = format!("`{}` requires `{required}`", style.key);
        errors.push(Diagnostic::new(place.entry(style.key), message).help(form()));
    }
    let is_known = |key: &&str| **key == *style.key || style.requires.contains(key) || style.allows.contains(key);
    for key in keys.iter().filter(|key| !is_known(key)) {
        let message = format!("`{key}` cannot be combined with `{}`", style.key);
        let help = match (style.key, *key) {
            ("page", "total") => {
                "remove `total`: without `next`, `pages` or `more`, the list ends with an empty page".to_owned()
            }
            _ => form(),
        };
        errors.push(Diagnostic::new(place.entry(key), message).help(help));
    }
    let ends: Vec<_> = keys.iter().filter(|key| ENDS.contains(key) && is_known(key)).collect();
    if let [first, second, ..] = ends.as_slice() {
        let message = format!("`{first}` and `{second}` both determine the last page");
        errors.push(Diagnostic::new(place.entry(second), message).help("remove one of them"));
    }
}

fn end(written: &syntax::Paging) -> LastPage {
    let next = written.next.clone().map(LastPage::Next);
    let pages = written.pages.clone().map(LastPage::Pages);
    let more = written.more.clone().map(LastPage::More);
    let total = written.total.clone().map(LastPage::Total);
    next.or(pages).or(more).or(total).unwrap_or(LastPage::Empty)
}
