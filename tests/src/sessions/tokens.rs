//! Prolonging and ending a session.

use chrono::TimeDelta;
use varde_app::{Code, accounts, sessions};
use varde_model::Locale;
use varde_persistence::audit;

use super::house::{House, code, on_both};

const EMAIL: &str = "kari@fjordheim.example";

on_both! {
    async fn a_refresh_token_gives_the_next_pair_in_the_same_session(house) {
        house.account(EMAIL, &[]).await;
        let first = house.sign_in(EMAIL).await;
        house.wait(TimeDelta::minutes(20));
        assert!(!house.is_in(&first).await);
        let second = sessions::refresh(&house.ctx(), &first.refresh_token).await.unwrap();
        assert_ne!(second.refresh_token, first.refresh_token);
        assert!(house.is_in(&second).await);
        let third = sessions::refresh(&house.ctx(), &second.refresh_token).await.unwrap();
        let session = |who: sessions::AuthenticatedAccount| who.viewer.session.unwrap();
        assert_eq!(
            session(house.who(&second.access_token).await.unwrap()),
            session(house.who(&third.access_token).await.unwrap())
        );
    }

    async fn a_refresh_token_presented_twice_ends_the_session_at_once(house) {
        let account = house.account(EMAIL, &[]).await;
        let elsewhere = house.sign_in(EMAIL).await;
        let stolen = house.sign_in(EMAIL).await;
        let thief = sessions::refresh(&house.ctx(), &stolen.refresh_token).await.unwrap();
        assert!(house.is_in(&thief).await);
        assert_eq!(code(sessions::refresh(&house.ctx(), &stolen.refresh_token).await), Code::SessionEnded);
        assert!(!house.is_in(&thief).await && !house.is_in(&stolen).await);
        assert_eq!(code(sessions::refresh(&house.ctx(), &thief.refresh_token).await), Code::SessionEnded);
        // Her other session is another chain.
        assert!(house.is_in(&elsewhere).await);
        let events = audit::latest(house.app.store(), house.org, &audit::AuditFilter::default(), None, 100).await.unwrap();
        let told = events.iter().filter(|event| event.action == "session.refresh_token_reused").count();
        assert_eq!((told, events[0].actor_id), (1, Some(account.id.0)));
    }

    async fn of_ten_who_refresh_with_one_token_at_once_one_wins_and_the_session_ends(house) {
        house.account(EMAIL, &[]).await;
        let tokens = house.sign_in(EMAIL).await;
        let mut tries = tokio::task::JoinSet::new();
        for _ in 0..10 {
            let (ctx, token) = (house.ctx(), tokens.refresh_token.clone());
            tries.spawn(async move { sessions::refresh(&ctx, &token).await });
        }
        let (won, lost): (Vec<_>, Vec<_>) = tries.join_all().await.into_iter().partition(Result::is_ok);
        assert_eq!((won.len(), lost.len()), (1, 9));
        assert!(lost.into_iter().all(|refused| code(refused) == Code::SessionEnded));
        let won = won.into_iter().next().unwrap().unwrap();
        assert!(!house.is_in(&won).await);
        assert_eq!(code(sessions::refresh(&house.ctx(), &won.refresh_token).await), Code::SessionEnded);
    }

    async fn a_token_that_is_none_is_refused(house) {
        house.account(EMAIL, &[]).await;
        let tokens = house.sign_in(EMAIL).await;
        for presented in ["", "x", "\0", tokens.access_token.as_str(), &tokens.refresh_token.to_lowercase()] {
            assert_eq!(code(sessions::refresh(&house.ctx(), presented).await), Code::SessionEnded);
        }
        for bearer in ["", "x", "vst_", "vst_x", tokens.refresh_token.as_str()] {
            assert!(matches!(house.who(bearer).await, Err(varde_app::Error::Unauthenticated)), "{bearer}");
        }
        assert!(house.is_in(&tokens).await);
    }

    async fn signing_out_ends_both_tokens(house) {
        house.account(EMAIL, &[]).await;
        let tokens = house.sign_in(EMAIL).await;
        let who = house.who(&tokens.access_token).await.unwrap();
        sessions::sign_out(&house.ctx(), &who.viewer).await.unwrap();
        assert!(!house.is_in(&tokens).await);
        assert_eq!(code(sessions::refresh(&house.ctx(), &tokens.refresh_token).await), Code::SessionEnded);
    }

    async fn a_session_ends_after_a_fortnight_however_often_it_is_prolonged(house) {
        house.account(EMAIL, &[]).await;
        let mut tokens = house.sign_in(EMAIL).await;
        for _ in 0..13 {
            house.wait(TimeDelta::days(1));
            tokens = sessions::refresh(&house.ctx(), &tokens.refresh_token).await.unwrap();
        }
        house.wait(TimeDelta::hours(23) + TimeDelta::minutes(50));
        tokens = sessions::refresh(&house.ctx(), &tokens.refresh_token).await.unwrap();
        assert!(house.is_in(&tokens).await);
        // The access token has five minutes left; its session has none.
        house.wait(TimeDelta::minutes(10));
        assert!(tokens.expires_at > house.now() && !house.is_in(&tokens).await);
        assert_eq!(code(sessions::refresh(&house.ctx(), &tokens.refresh_token).await), Code::SessionEnded);
    }

    async fn another_process_feels_a_revocation_within_ten_seconds(house) {
        let account = house.account(EMAIL, &[]).await;
        let tokens = house.sign_in(EMAIL).await;
        let other = house.another_process();
        let there = async || sessions::authenticate(&other.context(Locale::En), &tokens.access_token).await.is_ok();
        assert!(there().await);
        accounts::disable_account(&house.ctx(), &house.right(), account.id).await.unwrap();
        assert!(!house.is_in(&tokens).await);
        house.wait(TimeDelta::seconds(10));
        assert!(!there().await);
    }

    async fn tidying_deletes_only_what_nobody_needs(house) {
        house.account(EMAIL, &[]).await;
        let old = house.sign_in(EMAIL).await;
        house.wait(TimeDelta::days(30));
        let young = house.sign_in(EMAIL).await;
        assert_eq!(sessions::tidy(&house.ctx()).await.unwrap(), sessions::Tidied { sessions: 0, throttles: 0 });
        house.wait(TimeDelta::days(14) + TimeDelta::seconds(1));
        let tidied = sessions::tidy(&house.ctx()).await.unwrap();
        assert_eq!(tidied, sessions::Tidied { sessions: 1, throttles: 1 });
        for tokens in [old, young] {
            assert_eq!(code(sessions::refresh(&house.ctx(), &tokens.refresh_token).await), Code::SessionEnded);
        }
    }
}
