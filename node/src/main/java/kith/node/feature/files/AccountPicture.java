package kith.node.feature.files;

import java.util.Optional;
import kith.node.core.account.Account;
import kith.node.core.account.AccountEvent;
import kith.node.core.account.AccountHost;
import kith.node.core.account.AccountPart;
import kith.node.core.account.AccountState;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes the uploaded picture of an account when the profile no longer shows it, however the
/// profile was changed.
final class AccountPicture implements AccountPart<AccountPicture.Command> {
  private static final Logger LOG = LoggerFactory.getLogger(AccountPicture.class);

  /// This part has no commands.
  interface Command extends Account.PartCommand {}

  private final AccountHost account;
  private final ProfilePictureTable pictures;

  private AccountPicture(AccountHost account, ProfilePictureTable pictures) {
    this.account = account;
    this.pictures = pictures;
  }

  static AccountPart.Factory<Command> part(ProfilePictureTable pictures) {
    return new AccountPart.Factory<>(
        Command.class, account -> new AccountPicture(account, pictures));
  }

  @Override
  public ReplyEffect<AccountEvent, AccountState> on(AccountState state, Command command) {
    return account.noReply();
  }

  @Override
  public void changed(AccountState before, AccountState after) {
    var shown = version(before);
    if (shown.isEmpty() || version(after).isPresent()) return;
    var _ =
        pictures
            .delete(account.user(), shown.get())
            .whenComplete((_, fault) -> {
              if (fault != null)
                LOG.warn("profile-picture=not-deleted reason=\"{}\"", fault.getMessage());
            });
  }

  private Optional<String> version(AccountState state) {
    return ProfilePicture.version(account.user(), state.picture());
  }
}
