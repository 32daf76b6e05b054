//! Pages of lists.

use serde_json::{Map, Value};

use super::engine::{Engine, Request};
use super::filter::Filter;
use super::index::{CollectionId, fill};
use super::refusal::Refusal;
use super::store::{Order, list};
use super::table::Rules;
use crate::runtime::{NextPage, append_query};

/// How many items a page holds where neither the request nor the API says it.
const USUAL: usize = 100;

/// What a request asks of a list.
pub(crate) struct Asked<'a> {
    collection: CollectionId,
    parent: Option<Order>,
    /// How many items at the most; none where all are shown.
    limit: Option<usize>,
    before: Option<Order>,
    pub(crate) filter: Option<&'a str>,
    /// The fields that must have one of these values, by the query parameters of their names.
    fields: Vec<(&'a str, Vec<&'a str>)>,
}

/// Reads the query of a request.
pub(crate) fn read<'a>(
    engine: &Engine,
    request: &'a Request<'_>,
    collection: CollectionId,
    parent: Option<Order>,
) -> Result<Asked<'a>, Refusal> {
    let rules = &engine.index.table.rules;
    let known = |name: &str| request.route.query.contains(&name);
    let value = |name: Option<&str>| {
        let mut pairs = request.query.iter();
        pairs
            .find(|(key, _)| Some(key.as_str()) == name)
            .map(|(_, value)| value.as_str())
    };
    let start = match request.route.spec.paging.map(|paging| paging.next) {
        Some(NextPage::Cursor { query, .. }) => Some(query),
        Some(NextPage::Uri(_)) | None => rules.before.filter(|name| known(name)),
    };
    let before = match value(start) {
        Some(key) => Some(place(engine, collection, parent, key)?),
        None => None,
    };
    let item = engine.index.item(collection);
    let is_field = |name: &str| item.is_some_and(|item| item.fields.iter().any(|field| field.name == name));
    let special = [rules.limit, rules.before, rules.filter];
    let names = request.route.query.iter().copied();
    let fields = names.filter(|name| !special.contains(&Some(name)) && is_field(name));
    let asked = fields.map(|name| {
        let pairs = request.query.iter().filter(|(key, _)| key == name);
        (name, pairs.map(|(_, value)| value.as_str()).collect::<Vec<_>>())
    });
    let limit = match rules.limit.filter(|name| known(name)) {
        Some(name) => Some(match value(Some(name)) {
            Some(text) => parse_limit(text, rules)?,
            None => most(rules).unwrap_or(USUAL),
        }),
        // A list that cannot go on shows all of it.
        None => start.map(|_| most(rules).unwrap_or(USUAL)),
    };
    Ok(Asked {
        collection,
        parent,
        limit,
        before,
        filter: value(rules.filter.filter(|name| known(name))).filter(|filter| !filter.trim().is_empty()),
        fields: asked.filter(|(_, values)| !values.is_empty()).collect(),
    })
}

fn most(rules: &Rules) -> Option<usize> {
    rules.most.and_then(|most| usize::try_from(most).ok())
}

fn parse_limit(text: &str, rules: &Rules) -> Result<usize, Refusal> {
    let most = most(rules).unwrap_or(usize::MAX);
    match text.parse() {
        Ok(limit) if (1..=most).contains(&limit) && text.bytes().all(|byte| byte.is_ascii_digit()) => Ok(limit),
        _ => Err(Refusal::bad(match rules.most {
            Some(most) => format!(
                "`{}` must be a number from 1 to {most}",
                rules.limit.unwrap_or_default()
            ),
            None => format!("`{}` must be a number above 0", rules.limit.unwrap_or_default()),
        })),
    }
}

fn place(engine: &Engine, collection: CollectionId, parent: Option<Order>, key: &str) -> Result<Order, Refusal> {
    let scope = engine.store.scope(collection, parent);
    let place = engine.store.place(collection, scope, key);
    place.ok_or_else(|| Refusal::bad(format!("no page begins behind `{key}`: there never was such an object")))
}

/// A page of a list, the newest objects first.
pub(crate) fn page(engine: &Engine, request: &Request<'_>, asked: &Asked<'_>, filter: Option<&Filter>) -> Value {
    // Only what belongs to the parent is listed below it; what belongs to nothing there is listed whole.
    let parent = asked.parent.filter(|_| belongs(engine, request, asked.collection));
    let objects = engine.store.newest(asked.collection, parent, asked.before);
    let shown = objects.filter_map(|(order, object)| {
        let show = || engine.store.show(asked.collection, order);
        let is_wanted = asked.fields.iter().all(|(name, values)| {
            let found = object.value.get(*name).and_then(Value::as_str).unwrap_or_default();
            values.contains(&found)
        });
        let is_taken = match filter {
            Some(filter) if filter.asks_for_children() => filter.takes(&show()?),
            Some(filter) => filter.takes(&object.value),
            None => true,
        };
        // Only what is listed is copied.
        let chosen = is_wanted && is_taken;
        chosen
            .then(|| Some((object.key.as_str(), Value::Object(show()?))))
            .flatten()
    });
    // One more than asked for tells whether there is another page.
    let limit = asked.limit.unwrap_or(usize::MAX);
    let mut found: Vec<_> = shown.take(limit.saturating_add(1)).collect();
    let more = found.len() > limit;
    found.truncate(limit);
    let last = found.last().map(|(key, _)| *key).filter(|_| more);
    let mut page = Map::new();
    insert_links(engine, request, last, &mut page);
    let items = found.into_iter().map(|(_, value)| value).collect();
    page.insert(
        request.route.spec.paging.map_or("", |paging| paging.items).to_owned(),
        list(items),
    );
    Value::Object(page)
}

/// Whether the listed objects belong to those that the path names before.
fn belongs(engine: &Engine, request: &Request<'_>, listed: CollectionId) -> bool {
    let parent = engine.index.collection(listed).parent;
    parent.is_some() && parent == request.route.below
}

/// Says where the page is, and where the next one.
fn insert_links(engine: &Engine, request: &Request<'_>, last: Option<&str>, page: &mut Map<String, Value>) {
    let Some(paging) = request.route.spec.paging else {
        return;
    };
    let here = fill(&engine.base_url, request.route.spec.path, request.parameters);
    if let Some(uri) = paging.uri {
        page.insert(uri.to_owned(), here.clone().into());
    }
    let rules = &engine.index.table.rules;
    match paging.next {
        NextPage::Uri(field) => {
            let can_go_on = rules.before.filter(|name| request.route.query.contains(name));
            if let Some(before) = can_go_on {
                let next = last.map(|last| {
                    let mut query = String::new();
                    append_query(&mut query, before, &last);
                    for (name, value) in request.query.iter().filter(|(name, _)| name != before) {
                        append_query(&mut query, name, value);
                    }
                    format!("{here}?{query}")
                });
                page.insert(field.to_owned(), next.into());
            }
        }
        NextPage::Cursor { field, .. } => {
            page.insert(field.to_owned(), last.map(str::to_owned).into());
        }
    }
}
