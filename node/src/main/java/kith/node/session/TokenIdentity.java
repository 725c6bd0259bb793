package kith.node.session;

import java.time.Clock;
import java.util.Optional;
import kith.node.account.Account;
import kith.node.account.Accounts;
import kith.node.account.Tokens;
import kith.node.account.Tokens.Access;
import org.apache.pekko.actor.typed.ActorRef;

/// Sessions are let in by access tokens, and held by the accounts those name.
public record TokenIdentity(Tokens tokens, Accounts accounts, Clock clock)
    implements SessionWorld.Identity {

  @Override
  public Optional<Access> caller(String accessToken) {
    return tokens.verifyAccess(accessToken, clock.instant());
  }

  @Override
  public void attach(
      Access caller, ActorRef<Account.AttachReply> replyTo, ActorRef<Account.DeviceEnded> session) {
    accounts.account(caller.user()).tell(new Account.Attach(caller.device(), replyTo, session));
  }
}
