package kith.node.feature.presence;

import java.util.List;
import java.util.function.BiConsumer;
import kith.node.core.account.Account;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.Account.Done;
import kith.node.core.account.AccountEvent;
import kith.node.core.account.AccountHost;
import kith.node.core.account.AccountPart;
import kith.node.core.account.AccountState;
import kith.node.core.account.PartKey;
import kith.node.privacy.PrivacyPolicy;
import kith.protocol.Code;
import kith.protocol.Status;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;

/// The status that an account has chosen, and its reports of the privacy settings to presence.
public final class AccountStatus implements AccountPart<AccountStatus.Command> {

  public sealed interface Command extends Account.PartCommand {}

  /// Chooses the status of all devices: `ONLINE` ends `DND` and `INVISIBLE`.
  public record Choose(Status status, ActorRef<Answer> replyTo) implements Command {}

  /// Sent to all sessions when a status is chosen.
  public record Chosen(Status status) implements Account.PartWord {}

  /// The status in the answer to a session that attaches.
  public static Status in(Account.Attached attached) {
    return attached.words(Chosen.class).stream()
        .map(Chosen::status)
        .findFirst()
        .orElse(Status.ONLINE);
  }

  /// `ONLINE` means that no status is chosen any more.
  record StatusChosen(Status status) implements AccountEvent.PartEvent<ChosenStatus> {
    @Override
    public PartKey<ChosenStatus> part() {
      return ChosenStatus.KEY;
    }

    @Override
    public ChosenStatus applyTo(ChosenStatus before) {
      return new ChosenStatus(status);
    }
  }

  private final AccountHost account;
  private final BiConsumer<String, PrivacyPolicy> presence;

  private AccountStatus(AccountHost account, BiConsumer<String, PrivacyPolicy> presence) {
    this.account = account;
    this.presence = presence;
  }

  /// @param presence receives an account's privacy settings when they change
  public static AccountPart.Factory<Command> part(BiConsumer<String, PrivacyPolicy> presence) {
    return new AccountPart.Factory<>(
        Command.class, account -> new AccountStatus(account, presence));
  }

  @Override
  public ReplyEffect<AccountEvent, AccountState> on(AccountState state, Command command) {
    return switch (command) {
      case Choose choice -> onChoose(state, choice);
    };
  }

  private ReplyEffect<AccountEvent, AccountState> onChoose(AccountState state, Choose choice) {
    if (!state.isActive()) return account.refuse(choice.replyTo(), Code.DEVICE_ENDED);
    var status = choice.status();
    List<StatusChosen> events =
        ChosenStatus.of(state).status() == status ? List.of() : List.of(new StatusChosen(status));
    return account
        .persist(state, events)
        .thenRun((AccountState _) -> account.tellSessions(new Chosen(status)))
        .thenReply(choice.replyTo(), _ -> new Done());
  }

  /// A session must not be seen for a moment by users who may not see it.
  @Override
  public List<Chosen> initialWords(AccountState state) {
    return List.of(new Chosen(ChosenStatus.of(state).status()));
  }

  @Override
  public void changed(AccountState before, AccountState after) {
    if (!before.privacy().equals(after.privacy()))
      presence.accept(account.user(), after.relations().policy());
  }

  /// The earlier report may have been lost on the way to the database.
  @Override
  public void recovered(AccountState state) {
    var now = state.relations().policy();
    if (!now.equals(PrivacyPolicy.OPEN)) presence.accept(account.user(), now);
  }
}
