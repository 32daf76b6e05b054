//! Tests with many objects and with concurrent calls.

use std::collections::BTreeSet;

use generated_client::Error;
use generated_client::fake::Fake;
use generated_client::models::{IpPolicy, IpPolicyRule, IpPolicyRuleAction};

use super::raw::client;

const MANY: usize = 10_000;

#[test]
fn pages_return_each_remaining_object_once_during_changes() {
    let fake = Fake::builder().record_requests(false).build();
    let client = client(&fake);
    let policies = client.ip_policies();
    let create = || policies.create().send().unwrap().id;
    let ids: Vec<_> = (0..MANY).map(|_| create()).collect();
    let (mut deleted, mut created) = (BTreeSet::new(), BTreeSet::new());
    let mut seen: Vec<String> = Vec::new();
    for (number, page) in policies.list().limit(100).pages().enumerate() {
        let page = page.unwrap();
        assert!(page.items.len() <= 100);
        seen.extend(page.items.into_iter().map(|policy| policy.id));
        created.extend([create(), create()]);
        // Deletes the object after which the next page starts, one that may not have been listed yet, and a listed one.
        let listed = seen[number].clone();
        let targets = [seen.last().cloned(), ids.get(number * 7).cloned(), Some(listed)];
        for id in targets.into_iter().flatten() {
            if deleted.insert(id.clone()) {
                policies.delete(&id).send().unwrap();
            }
        }
    }
    let distinct: BTreeSet<_> = seen.iter().cloned().collect();
    assert_eq!(distinct.len(), seen.len(), "an object was listed twice");
    assert!(created.is_disjoint(&distinct));
    let missing: Vec<_> = ids
        .iter()
        .filter(|id| !distinct.contains(*id) && !deleted.contains(*id))
        .collect();
    assert!(missing.is_empty(), "objects that were not listed: {missing:?}");
    assert!(created.len() >= 198 && deleted.len() >= 100);
    assert_eq!(fake.object_count(), MANY + created.len() - deleted.len());
}

#[test]
fn deleting_a_parent_deletes_only_its_own_children() {
    let fake = Fake::builder().record_requests(false).build();
    let client = client(&fake);
    let parents = [(); 2].map(|()| client.ip_policies().create().send().unwrap().id);
    for number in 0..MANY {
        let rules = client.ip_policy_rules();
        rules
            .create("10.0.0.0/8", &parents[number % 2], IpPolicyRuleAction::Allow)
            .send()
            .unwrap();
    }
    client.ip_policies().delete(&parents[0]).send().unwrap();
    let left: Vec<IpPolicyRule> = fake.objects();
    assert_eq!(left.len(), MANY / 2);
    let is_child_of_other = |rule: &IpPolicyRule| rule.ip_policy.as_ref().is_some_and(|policy| policy.id == parents[1]);
    assert!(left.iter().all(is_child_of_other));
}

const TASKS: usize = 64;
const ROUNDS: usize = 25;

/// Creates two policies in each round, updates both and deletes one. Returns all IDs.
async fn work(fake: Fake, task: usize) -> Result<Vec<String>, Error> {
    let client = fake.client();
    let mut ids = Vec::new();
    for round in 0..ROUNDS {
        let (remaining, deleted) = (
            client.ip_policies().create().await?,
            client.ip_policies().create().await?,
        );
        tokio::task::yield_now().await;
        for id in [&remaining.id, &deleted.id] {
            client
                .ip_policies()
                .update(id)
                .metadata(format!("{task}.{round}"))
                .await?;
        }
        client.ip_policies().delete(&deleted.id).await?;
        assert!(
            client
                .ip_policies()
                .get(&deleted.id)
                .await
                .is_err_and(|error| error.is_not_found())
        );
        ids.extend([remaining.id, deleted.id]);
    }
    Ok(ids)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn concurrent_tasks_lose_no_objects() {
    let fake = Fake::new();
    let tasks: Vec<_> = (0..TASKS).map(|task| tokio::spawn(work(fake.clone(), task))).collect();
    let mut ids = BTreeSet::new();
    for task in tasks {
        ids.extend(task.await.unwrap().unwrap());
    }
    assert_eq!(ids.len(), TASKS * ROUNDS * 2, "IDs should be unique");
    assert_eq!(fake.object_count(), TASKS * ROUNDS);
    assert_eq!(fake.requests().len(), TASKS * ROUNDS * 6);
    let remaining: Vec<IpPolicy> = fake.objects();
    let metadata: BTreeSet<_> = remaining.iter().map(|policy| policy.metadata.clone()).collect();
    assert_eq!(
        metadata.len(),
        TASKS * ROUNDS,
        "each policy should have the metadata set by its task"
    );
    let client = fake.client();
    let mut listed = client.ip_policies().list().items();
    for policy in remaining {
        assert_eq!(listed.try_next().await.unwrap(), Some(policy));
    }
    assert_eq!(listed.try_next().await.unwrap(), None);
}
