package kith.node.gateway.http;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.node.audit.Audit;
import kith.node.audit.AuditAct;
import kith.node.auth.FirstAccount;
import kith.node.auth.PasswordRules;
import kith.node.auth.Secret;
import kith.node.auth.ServerInvitations;
import kith.node.core.account.Account;
import kith.node.core.account.Account.Refused;
import kith.node.core.account.AccountAct;
import kith.node.core.account.Accounts;
import kith.node.core.account.UserName;
import kith.node.platform.config.AccountSettings;
import kith.protocol.Code;
import kith.protocol.ServerRole;
import kith.protocol.rest.Accounts.SignUp;

/// Decides whether a user may sign up, before the request reaches the account.
public final class SignUpAdmission {
  private static final CompletionStage<Optional<Refused>> ADMITTED =
      CompletableFuture.completedFuture(Optional.empty());

  private final AccountSettings.SignUp settings;
  private final ServerInvitations invitations;
  private final FirstAccount first;
  private final Accounts accounts;
  private final Audit audit;

  public SignUpAdmission(
      AccountSettings.SignUp settings,
      ServerInvitations invitations,
      FirstAccount first,
      Accounts accounts,
      Audit audit) {
    this.settings = settings;
    this.invitations = invitations;
    this.first = first;
    this.accounts = accounts;
    this.audit = audit;
  }

  /// The reason to refuse, if there is one. Uses up an invitation where one is needed.
  CompletionStage<Optional<Refused>> refusal(UserName user, SignUp asked) {
    return switch (settings.policy()) {
      case CLOSED -> because(Code.SIGN_UP_CLOSED);
      case OPEN -> settings.isReserved(user.text()) ? because(Code.USER_NAME_TAKEN) : ADMITTED;
      case INVITED ->
          asked
              .invitation()
              .map(token -> refusal(user, new Secret(asked.password()), token))
              .orElseGet(() -> because(Code.INVITATION_REQUIRED));
    };
  }

  /// Makes the first account of the server its owner, if the settings require it. A client that
  /// gets no answer repeats its sign-up, and thereby this step.
  public CompletionStage<Account.Admission> signedUp(UserName user, Account.Admission admission) {
    if (!settings.firstIsOwner() || admission instanceof Refused)
      return CompletableFuture.completedFuture(admission);
    return first
        .claim(user.text())
        .thenCompose(isFirst ->
            isFirst ? own(user, admission) : CompletableFuture.completedFuture(admission));
  }

  /// The same for an account that a user of an identity provider has made. Its route records the
  /// log-in only.
  public CompletionStage<Account.Admission> signedUpAt(
      String provider, UserName user, Account.Admission admission) {
    if (admission instanceof Account.Admitted)
      audit.record(audit.entry(AuditAct.SIGN_UP, user.text()).about(user.text()).with(provider));
    return signedUp(user, admission);
  }

  private CompletionStage<Account.Admission> own(UserName user, Account.Admission admission) {
    return accounts
        .administer(user.text(), ServerRole.OWNER, new AccountAct.ChangeRole(ServerRole.OWNER))
        .thenApply(answer ->
            switch (answer) {
              case Account.Done() -> {
                audit.record(
                    audit
                        .entry(AuditAct.ADMIN_ROLE, user.text())
                        .about(user.text())
                        .with("owner, as the first account"));
                yield admission;
              }
              case Refused refused -> refused;
            });
  }

  private CompletionStage<Optional<Refused>> refusal(UserName user, Secret password, String token) {
    return invitations
        .look(token, user.text())
        .thenCompose(standing ->
            switch (standing) {
              case UNKNOWN -> because(Code.UNKNOWN_INVITATION);
              case USED_BY_THIS_NAME -> ADMITTED;
              case OPEN -> use(user, password, token);
            });
  }

  /// All other reasons for a refusal are checked first: a use that was taken is never given back,
  /// because a sign-up under way could still succeed with it.
  private CompletionStage<Optional<Refused>> use(UserName user, Secret password, String token) {
    if (settings.isReserved(user.text())) return because(Code.USER_NAME_TAKEN);
    var weak = PasswordRules.refusal(user.text(), password);
    if (weak.isPresent()) return because(weak.get());
    return accounts
        .read(user.text())
        .thenCompose(reply ->
            switch (reply) {
              case Account.View _ -> because(Code.USER_NAME_TAKEN);
              case Refused refused when refused.code() != Code.UNKNOWN_USER ->
                  CompletableFuture.completedFuture(Optional.of(refused));
              case Refused _ ->
                  invitations
                      .take(token, user.text())
                      .thenCompose(taken -> taken ? ADMITTED : because(Code.UNKNOWN_INVITATION));
            });
  }

  private static CompletionStage<Optional<Refused>> because(Code code) {
    return CompletableFuture.completedFuture(Optional.of(Refused.because(code)));
  }
}
