package kith.node.feature.identity;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import kith.node.core.account.AccountState;
import kith.node.core.account.PartKey;
import kith.node.core.account.PartState;
import kith.protocol.ServerRole;

/// The identities of an account at identity providers. Only these open the account; the table is an
/// index.
///
/// @param byProvider at most one for each
/// @param role that the groups at a provider give, apart from the role that administrators give
public record Identities(Map<String, Identity> byProvider, Optional<ServerRole> role)
    implements PartState {

  record Identity(String issuer, String subject, Instant linked) {
    boolean is(String issuer, String subject) {
      return this.issuer.equals(issuer) && this.subject.equals(subject);
    }
  }

  static final PartKey<Identities> KEY =
      new PartKey<>("identities", Identities.class, new Identities(Map.of(), Optional.empty()));

  public Identities {
    byProvider = Map.copyOf(byProvider);
  }

  static Identities of(AccountState state) {
    return state.part(KEY);
  }

  @Override
  public Identities accountDeleted() {
    return KEY.none();
  }

  @Override
  public Optional<ServerRole> serverRole() {
    return role;
  }

  boolean contains(String issuer, String subject) {
    return byProvider.values().stream().anyMatch(it -> it.is(issuer, subject));
  }

  Identities with(IdentityEvent event) {
    var changed = new HashMap<>(byProvider);
    return switch (event) {
      case IdentityEvent.Linked(var provider, var issuer, var subject, var at) -> {
        changed.put(provider, new Identity(issuer, subject, at));
        yield new Identities(changed, role);
      }
      case IdentityEvent.Unlinked(var provider) -> {
        changed.remove(provider);
        // another provider gives its role at the next sign-in
        yield new Identities(changed, Optional.empty());
      }
      case IdentityEvent.RoleGiven(var given) -> new Identities(changed, given);
    };
  }
}
