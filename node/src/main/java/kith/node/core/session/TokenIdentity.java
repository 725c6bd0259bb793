package kith.node.core.session;

import java.time.Clock;
import java.util.Optional;
import kith.node.auth.Tokens;
import kith.node.auth.Tokens.Access;
import kith.node.core.account.Account;
import kith.node.core.account.Accounts;
import kith.node.core.account.UserName;
import org.apache.pekko.actor.typed.ActorRef;

/// Admits sessions by access token, and attaches them to the account that the token names.
public record TokenIdentity(Tokens tokens, Accounts accounts, Clock clock)
    implements SessionContext.Identity {

  @Override
  public Optional<Access> caller(String accessToken) {
    var caller =
        tokens
            .verifyAccess(accessToken, clock.instant())
            .filter(it -> UserName.isCanonical(it.user()));
    // a client that is refused refreshes its token first, so the key is known when it comes back
    if (caller.isEmpty()) tokens.findKey(accessToken);
    return caller;
  }

  @Override
  public void attach(
      Access caller,
      boolean live,
      ActorRef<Account.AttachReply> replyTo,
      ActorRef<Account.DeviceEnded> session) {
    accounts
        .account(caller.user())
        .tell(
            new Account.Attach(
                caller.device(), Optional.of(caller.generation()), live, replyTo, session));
  }
}
