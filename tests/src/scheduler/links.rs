//! One-time links: the same in a second mail, used once also when everybody clicks at once.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use varde_model::{
    ids::{EnrolmentId, PersonId},
    links::{Link, LinkPurpose, LinkStanding, NewLink},
    work::About,
};
use varde_persistence::links;

use super::{bench::Bench, on_both};

on_both! {
    a_second_mail_carries_the_same_link
    a_link_is_used_once_also_when_clicked_twenty_times_at_once
    an_expired_or_revoked_link_cannot_be_used
}

async fn ensure(bench: &Bench, person: PersonId, subject: About, expires_at: DateTime<Utc>) -> Link {
    let new = NewLink {
        id: bench.ctx().new_id(),
        purpose: LinkPurpose::Invitation,
        person,
        subject: Some(subject),
        expires_at,
    };
    let tx = bench.app.store().write().await.unwrap();
    let link = links::ensure(&tx, bench.org, &new, bench.now()).await.unwrap();
    tx.commit().await.unwrap();
    link
}

fn subject(bench: &Bench) -> About {
    About::Enrolment { enrolment: bench.ctx().new_id::<EnrolmentId>() }
}

async fn click(bench: &Bench, link: &Link) -> bool {
    let tx = bench.app.store().write().await.unwrap();
    let used = links::use_once(&tx, bench.org, link.id, json!({"answer": "yes"}), bench.now()).await.unwrap();
    tx.commit().await.unwrap();
    used
}

async fn a_second_mail_carries_the_same_link(bench: Bench) {
    let (person, about, now) = (bench.person(), subject(&bench), bench.now());
    let first = ensure(&bench, person, about, now + TimeDelta::days(7)).await;
    let second = ensure(&bench, person, about, now + TimeDelta::days(2)).await;
    assert_eq!(second, first);
    let prolonged = ensure(&bench, person, about, now + TimeDelta::days(9)).await;
    assert_eq!((prolonged.id, prolonged.expires_at), (first.id, now + TimeDelta::days(9)));
    let other = ensure(&bench, bench.person(), about, now + TimeDelta::days(7)).await;
    assert_ne!(other.id, first.id);
    assert!(click(&bench, &first).await);
    let fresh = ensure(&bench, person, about, now + TimeDelta::days(9)).await;
    assert_ne!(fresh.id, first.id);
}

async fn a_link_is_used_once_also_when_clicked_twenty_times_at_once(bench: Bench) {
    let link = ensure(&bench, bench.person(), subject(&bench), bench.now() + TimeDelta::days(7)).await;
    let used = futures_util::future::join_all((0..20).map(|_| click(&bench, &link))).await;
    assert_eq!(used.into_iter().filter(|used| *used).count(), 1);
    let link = links::find(bench.app.store(), link.id).await.unwrap().unwrap();
    assert_eq!(link.standing(bench.now()), LinkStanding::Used);
    assert_eq!(link.outcome, Some(json!({"answer": "yes"})));
}

async fn an_expired_or_revoked_link_cannot_be_used(bench: Bench) {
    let (person, about) = (bench.person(), subject(&bench));
    let revoked = ensure(&bench, person, about, bench.now() + TimeDelta::days(7)).await;
    let expired = ensure(&bench, person, subject(&bench), bench.now() + TimeDelta::hours(1)).await;
    let tx = bench.app.store().write().await.unwrap();
    assert_eq!(links::revoke(&tx, bench.org, Some(&about), None, bench.now()).await.unwrap(), 1);
    tx.commit().await.unwrap();
    bench.pass(TimeDelta::hours(1));
    assert!(!click(&bench, &revoked).await);
    assert!(!click(&bench, &expired).await);
    let standing = async |link: &Link| {
        links::find(bench.app.store(), link.id).await.unwrap().unwrap().standing(bench.now())
    };
    assert_eq!(standing(&revoked).await, LinkStanding::Revoked);
    assert_eq!(standing(&expired).await, LinkStanding::Expired);
}
