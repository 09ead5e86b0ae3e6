//! Who gets in, who does not, and how often one may try.

use chrono::TimeDelta;
use varde_app::{Code, Error, accounts, sessions};
use varde_model::{Locale, roles::Role};
use varde_persistence::audit;

use super::house::{House, PASSWORD, code, on_both, without_password};

const EMAIL: &str = "kari@fjordheim.example";

on_both! {
    async fn signing_in_gives_a_token_that_says_who_and_with_which_roles(house) {
        let account = house.account(EMAIL, &[Role::Coordinator]).await;
        let tokens = house.try_password(" KARI@Fjordheim.Example ", PASSWORD).await.unwrap();
        assert_eq!(tokens.expires_at, house.now() + TimeDelta::minutes(15));
        let who = house.who(&tokens.access_token).await.unwrap();
        assert_eq!(who.viewer.account, account.id);
        assert_eq!(who.viewer.organisation, house.org);
        assert_eq!(who.viewer.roles, [Role::Coordinator]);
        assert_eq!(who.locale, Locale::Nn);
        assert!(who.viewer.coordinator().is_ok());
        assert!(matches!(who.viewer.administrator(), Err(Error::Denied)));

        house.wait(TimeDelta::minutes(15));
        assert!(!house.is_in(&tokens).await);
    }

    async fn every_way_not_to_get_in_has_the_same_answer(house) {
        let closed = house.account("closed@fjordheim.example", &[]).await;
        accounts::disable_account(&house.ctx(), &house.right(), closed.id).await.unwrap();
        let fresh = without_password("fresh@fjordheim.example", &[]);
        accounts::create_account(&house.ctx(), &house.right(), fresh).await.unwrap();
        house.account(EMAIL, &[]).await;
        let mut answers = Vec::new();
        for (email, password) in [
            (EMAIL, "lyng og bjørk om våren"),
            (EMAIL, ""),
            ("closed@fjordheim.example", PASSWORD),
            ("fresh@fjordheim.example", PASSWORD),
            ("fresh@fjordheim.example", ""),
            ("nobody@fjordheim.example", PASSWORD),
            ("kari@fjordheim.example\0", PASSWORD),
            ("", PASSWORD),
        ] {
            match house.try_password(email, password).await {
                Err(Error::Refused(refusals)) => answers.push(refusals),
                other => panic!("{email:?}: {other:?}"),
            }
        }
        assert_eq!(answers[0][0].code, Code::SignInFailed);
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");

        // After as many statements: the time taken must not tell them apart. Of the hash, `Passwords::verify` sees to it.
        let mut work = Vec::new();
        for email in ["kari@fjordheim.example", "closed@fjordheim.example", "fresh@fjordheim.example", "unheard@fjordheim.example"] {
            house.wait(TimeDelta::hours(1));
            let before = house.app.store().statements();
            assert_eq!(code(house.try_password(email, "feil passord").await), Code::SignInFailed);
            work.push(house.app.store().statements() - before);
        }
        assert!(work.iter().all(|statements| *statements == work[0]), "{work:?}");
    }

    async fn after_five_failures_one_waits_and_an_unknown_address_waits_alike(house) {
        house.account(EMAIL, &[]).await;
        for email in [EMAIL, "nobody@fjordheim.example"] {
            for attempt in 0..5 {
                // Another way to write it is the same address.
                let spelling = if attempt % 2 == 0 { email.to_owned() } else { email.to_uppercase() };
                assert_eq!(code(house.try_password(&spelling, "wrong").await), Code::SignInFailed, "{email} {attempt}");
            }
            let refused = house.try_password(email, PASSWORD).await.unwrap_err();
            assert_eq!(refused.refusals()[0].code, Code::RateLimited);
            let message = refused.refusals()[0].message(Locale::En);
            assert!(message.contains("in one minute"), "{message}");
        }
        house.wait(TimeDelta::seconds(30));
        house.sign_in(EMAIL).await;
        // The success wiped the slate clean.
        for _ in 0..5 {
            assert_eq!(code(house.try_password(EMAIL, "wrong").await), Code::SignInFailed);
        }
    }

    async fn guesses_made_at_once_do_not_slip_past_the_count(house) {
        house.account(EMAIL, &[]).await;
        let mut guesses = tokio::task::JoinSet::new();
        for number in 0..30 {
            let ctx = house.ctx();
            guesses.spawn(async move {
                sessions::sign_in(&ctx, EMAIL, format!("guess number {number}").into(), None).await
            });
        }
        let codes: Vec<Code> = guesses.join_all().await.into_iter().map(code).collect();
        let of = |wanted| codes.iter().filter(|code| **code == wanted).count();
        assert_eq!((of(Code::SignInFailed), of(Code::RateLimited)), (5, 25));
    }

    async fn one_network_address_that_tries_many_accounts_is_slowed_down(house) {
        house.account(EMAIL, &[]).await;
        let from = |address: &str| Some(address.parse().unwrap());
        let guess = |number: usize| format!("guess{number}@fjordheim.example");
        for number in 0..100 {
            // Addresses of one IPv6 network count as one.
            let client = from(&format!("2001:db8:0:1::{number:x}"));
            let tried = sessions::sign_in(&house.ctx(), &guess(number), "wrong".into(), client).await;
            assert_eq!(code(tried), Code::SignInFailed, "{number}");
        }
        let tried = sessions::sign_in(&house.ctx(), EMAIL, PASSWORD.into(), from("2001:db8:0:1::ffff")).await;
        assert_eq!(code(tried), Code::RateLimited);
        sessions::sign_in(&house.ctx(), EMAIL, PASSWORD.into(), from("192.0.2.1")).await.unwrap();
    }

    async fn the_audit_trail_tells_of_it_without_addresses(house) {
        let account = house.account(EMAIL, &[Role::Coordinator]).await;
        let _failed = house.try_password(EMAIL, "wrong").await;
        let tokens = house.sign_in(EMAIL).await;
        let next = sessions::refresh(&house.ctx(), &tokens.refresh_token).await.unwrap();
        let who = house.who(&next.access_token).await.unwrap();
        sessions::sign_out(&house.ctx(), &who.viewer).await.unwrap();

        let events = audit::latest(house.app.store(), house.org, &audit::AuditFilter::default(), None, 100).await.unwrap();
        let mut of_hers: Vec<&str> = events
            .iter()
            .filter(|event| event.actor_id == Some(account.id.0))
            .map(|event| event.action.as_str())
            .collect();
        of_hers.sort_unstable();
        let expected = ["account.sign_in_failed", "session.refresh", "session.sign_in", "session.sign_out"];
        assert_eq!(of_hers, expected);
        let text = format!("{events:?}");
        assert!(!text.contains('@') && !text.contains("Kari"), "{text}");
    }
}
