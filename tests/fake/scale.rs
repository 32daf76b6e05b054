//! Many objects, and many calls at once.

use std::collections::BTreeSet;

use generated_client::Error;
use generated_client::fake::Fake;
use generated_client::models::{IpPolicy, IpPolicyRule, IpPolicyRuleAction};

use super::raw::client;

const MANY: usize = 10_000;

#[test]
fn pages_show_all_that_stays_once_while_others_come_and_go() {
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
        // The one that the next page begins behind, one of those to come, and one of those shown.
        let shown = seen[number].clone();
        let places = [seen.last().cloned(), ids.get(number * 7).cloned(), Some(shown)];
        for id in places.into_iter().flatten() {
            if deleted.insert(id.clone()) {
                policies.delete(&id).send().unwrap();
            }
        }
    }
    let distinct: BTreeSet<_> = seen.iter().cloned().collect();
    assert_eq!(distinct.len(), seen.len(), "one was shown twice");
    assert!(created.is_disjoint(&distinct));
    let missing: Vec<_> = ids
        .iter()
        .filter(|id| !distinct.contains(*id) && !deleted.contains(*id))
        .collect();
    assert!(missing.is_empty(), "not shown: {missing:?}");
    assert!(created.len() >= 198 && deleted.len() >= 100);
    assert_eq!(fake.object_count(), MANY + created.len() - deleted.len());
}

#[test]
fn what_belongs_to_one_of_many_goes_with_it() {
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
    let of_other = |rule: &IpPolicyRule| rule.ip_policy.as_ref().is_some_and(|policy| policy.id == parents[1]);
    assert!(left.iter().all(of_other));
}

const TASKS: usize = 64;
const ROUNDS: usize = 25;

/// Creates two policies in each round, changes both and deletes one; gives the IDs of all.
async fn work(fake: Fake, task: usize) -> Result<Vec<String>, Error> {
    let client = fake.client();
    let mut ids = Vec::new();
    for round in 0..ROUNDS {
        let (kept, gone) = (
            client.ip_policies().create().await?,
            client.ip_policies().create().await?,
        );
        tokio::task::yield_now().await;
        for id in [&kept.id, &gone.id] {
            client
                .ip_policies()
                .update(id)
                .metadata(format!("{task}.{round}"))
                .await?;
        }
        client.ip_policies().delete(&gone.id).await?;
        assert!(
            client
                .ip_policies()
                .get(&gone.id)
                .await
                .is_err_and(|error| error.is_not_found())
        );
        ids.extend([kept.id, gone.id]);
    }
    Ok(ids)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn nothing_is_lost_where_many_tasks_share_a_fake() {
    let fake = Fake::new();
    let tasks: Vec<_> = (0..TASKS).map(|task| tokio::spawn(work(fake.clone(), task))).collect();
    let mut ids = BTreeSet::new();
    for task in tasks {
        ids.extend(task.await.unwrap().unwrap());
    }
    assert_eq!(ids.len(), TASKS * ROUNDS * 2, "all IDs differ");
    assert_eq!(fake.object_count(), TASKS * ROUNDS);
    assert_eq!(fake.requests().len(), TASKS * ROUNDS * 6);
    let kept: Vec<IpPolicy> = fake.objects();
    let texts: BTreeSet<_> = kept.iter().map(|policy| policy.metadata.clone()).collect();
    assert_eq!(texts.len(), TASKS * ROUNDS, "each kept what its own task said");
    let client = fake.client();
    let mut listed = client.ip_policies().list().items();
    for policy in kept {
        assert_eq!(listed.try_next().await.unwrap(), Some(policy));
    }
    assert_eq!(listed.try_next().await.unwrap(), None);
}
