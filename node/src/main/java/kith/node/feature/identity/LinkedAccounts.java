package kith.node.feature.identity;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.node.auth.PasswordGuard.Client;
import kith.node.auth.Secret;
import kith.node.core.account.Account;
import kith.node.core.account.Account.Admission;
import kith.node.core.account.Account.Admitted;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.Account.NewDevice;
import kith.node.core.account.Account.Refused;
import kith.node.core.account.Accounts;
import kith.node.core.account.UserName;
import kith.node.feature.identity.IdentityTable.Link;
import kith.node.feature.identity.IdentityTable.Session;
import kith.node.feature.identity.SignIns.Ready;
import kith.node.gateway.http.SignUpAdmission;
import kith.node.platform.config.AccountSettings;
import kith.protocol.Code;
import kith.protocol.Names;

/// The accounts of users whom a provider has authenticated: signing in to them, making them, and
/// linking an identity to one.
final class LinkedAccounts {

  /// The user who has signed in, or the refusal.
  record SignedIn(String user, Admission admission) {}

  private final ProviderCalls providers;
  private final ProviderGrants grants;
  private final IdentityTable table;
  private final Accounts accounts;
  private final SignUpAdmission admission;
  private final AccountSettings.SignUp signUp;
  private final Clock clock;

  LinkedAccounts(
      ProviderCalls providers,
      ProviderGrants grants,
      IdentityTable table,
      Accounts accounts,
      SignUpAdmission admission,
      AccountSettings.SignUp signUp,
      Clock clock) {
    this.providers = providers;
    this.grants = grants;
    this.table = table;
    this.accounts = accounts;
    this.admission = admission;
    this.signUp = signUp;
    this.clock = clock;
  }

  CompletionStage<List<Link>> links(String user) {
    return table.links(user);
  }

  /// Signs in, or makes an account.
  ///
  /// @param chosen the name that the user wants for a new account
  CompletionStage<SignedIn> signIn(Ready ready, Optional<String> chosen) {
    var device = new NewDevice(ready.flow().deviceName(), ready.flow().cookies());
    return table
        .accountOf(ready.who().issuer(), ready.who().subject())
        .thenCompose(known ->
            known
                .map(user -> signIn(ready, user, chosen, device))
                .orElseGet(() -> make(ready, chosen, device)));
  }

  private CompletionStage<SignedIn> signIn(
      Ready ready, String user, Optional<String> chosen, NewDevice device) {
    return grants
        .who(ready.flow().provider(), ready.who())
        .thenCompose(who ->
            accounts.<Admission>ask(
                user,
                replyTo -> new AccountIdentities.SignIn(who, device, replyTo),
                Refused.UNAVAILABLE))
        .thenCompose(answer ->
            answer instanceof Refused refused && refused.code() == Code.UNKNOWN_IDENTITY
                // a node died before it made the account
                ? table
                    .forget(ready.who().issuer(), ready.who().subject(), user)
                    .thenCompose(_ -> make(ready, chosen, device))
                : began(ready, user, answer));
  }

  private CompletionStage<SignedIn> make(Ready ready, Optional<String> chosen, NewDevice device) {
    if (!providers
        .provider(ready.flow().provider())
        .map(it -> it.settings().signUp())
        .orElse(false)) return refused(Code.SIGN_UP_CLOSED);
    var name =
        chosen
            .or(() -> ready.who().name().map(LinkedAccounts::beforeAt))
            .flatMap(UserName::of)
            .filter(user -> !Names.mixesScripts(user.text()) && !signUp.isReserved(user.text()));
    if (name.isEmpty()) return refused(chosen.isPresent() ? Code.BAD_USER_NAME : Code.NAME_NEEDED);
    var user = name.get();
    var link =
        new Link(
            user.text(),
            ready.flow().provider(),
            ready.who().issuer(),
            ready.who().subject(),
            clock.instant());
    return table
        .link(link)
        .thenCompose(owner ->
            owner.equals(Optional.of(user.text()))
                ? made(ready, user, chosen, device)
                // another request was faster, or the name belongs to another user
                : refused(owner.isPresent() ? Code.UNAVAILABLE : Code.NAME_NEEDED));
  }

  private static String beforeAt(String name) {
    return name.replaceFirst("@.*", "");
  }

  private CompletionStage<SignedIn> refused(Code code) {
    return done(new SignedIn("", Refused.because(code)));
  }

  private CompletionStage<SignedIn> made(
      Ready ready, UserName user, Optional<String> chosen, NewDevice device) {
    return grants
        .who(ready.flow().provider(), ready.who())
        .thenCompose(who ->
            accounts.<Admission>ask(
                user.text(),
                replyTo ->
                    new AccountIdentities.Make(
                        who, ready.who().displayName(), ready.who().email(), device, replyTo),
                Refused.UNAVAILABLE))
        .thenCompose(answer ->
            answer instanceof Refused refused && refused.code() == Code.USER_NAME_TAKEN
                ? table
                    .forget(ready.who().issuer(), ready.who().subject(), user.text())
                    .thenCompose(
                        _ -> refused(chosen.isPresent() ? Code.USER_NAME_TAKEN : Code.NAME_NEEDED))
                : admission
                    .signedUpAt(ready.flow().provider(), user, answer)
                    .thenCompose(admitted -> began(ready, user.text(), admitted)));
  }

  private CompletionStage<SignedIn> began(Ready ready, String user, Admission answer) {
    if (!(answer instanceof Admitted admitted)) return done(new SignedIn(user, answer));
    return table
        .began(
            new Session(
                user,
                admitted.device(),
                ready.flow().provider(),
                ready.who().issuer(),
                ready.who().subject(),
                ready.who().session(),
                ready.who().refreshToken()))
        .thenCompose(_ -> table.end(ready.id()))
        .thenApply(_ -> new SignedIn(user, answer));
  }

  /// Links the identity to the account that began this.
  CompletionStage<Answer> link(Ready ready, String user) {
    if (!ready.flow().account().equals(Optional.of(user)))
      return done(Refused.because(Code.TICKET_EXPIRED));
    var who = ready.who();
    var link =
        new Link(user, ready.flow().provider(), who.issuer(), who.subject(), clock.instant());
    return table
        .accountOf(who.issuer(), who.subject())
        .thenCompose(owner ->
            owner.isPresent() && !owner.get().equals(user)
                ? done(Optional.of(owner.get()))
                : table.link(link))
        .thenCompose(owner ->
            owner.equals(Optional.of(user))
                ? grants
                    .who(ready.flow().provider(), ready.who())
                    .thenCompose(vouched ->
                        accounts.<Answer>ask(
                            user,
                            replyTo -> new AccountIdentities.Link(vouched, replyTo),
                            Refused.UNAVAILABLE))
                    .thenCompose(answer -> table.end(ready.id()).thenApply(_ -> answer))
                : done((Answer) Refused.because(Code.IDENTITY_LINKED)));
  }

  CompletionStage<Answer> unlink(String user, String provider, Secret password, Client from) {
    return accounts
        .<Answer>ask(
            user,
            replyTo -> new AccountIdentities.Unlink(provider, password, from, replyTo),
            Refused.UNAVAILABLE)
        .thenCompose(answer ->
            answer instanceof Account.Done
                ? table
                    .unlink(user, provider)
                    .thenApply(devices -> {
                      devices.forEach(device -> accounts.endDevice(user, device));
                      return answer;
                    })
                : done(answer));
  }

  private static <T> CompletionStage<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }
}
