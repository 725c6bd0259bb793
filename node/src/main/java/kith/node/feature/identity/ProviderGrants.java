package kith.node.feature.identity;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import kith.node.feature.identity.AccountIdentities.Who;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server role and the rooms that a user gets by the settings of a provider and by the groups
/// that the provider names.
final class ProviderGrants {
  private static final Logger LOG = LoggerFactory.getLogger(ProviderGrants.class);

  private final ProviderCalls providers;
  private final Function<Set<String>, CompletionStage<Map<String, String>>> rooms;

  /// @param rooms finds the ids of rooms by names or ids
  ProviderGrants(
      ProviderCalls providers, Function<Set<String>, CompletionStage<Map<String, String>>> rooms) {
    this.providers = providers;
    this.rooms = rooms;
  }

  CompletionStage<Who> who(String provider, Verified who) {
    var settings = providers.provider(provider).map(Provider::settings);
    var groups = who.groups().orElse(List.of());
    var named = settings.map(it -> it.rooms(groups)).orElse(Set.of());
    return rooms
        .apply(named)
        .thenApply(found -> Optional.of(ids(provider, named, found)))
        .exceptionally(fault -> {
          LOG.warn("identity-provider={} rooms=not-read reason=\"{}\"", provider, cause(fault));
          return Optional.empty();
        })
        .thenApply(ids ->
            new Who(
                provider,
                who.issuer(),
                who.subject(),
                settings.flatMap(it -> it.role(groups)),
                ids));
  }

  private static Set<String> ids(String provider, Set<String> named, Map<String, String> found) {
    for (var name : named)
      if (!found.containsKey(name))
        LOG.warn(
            "identity-provider={} gives the room \"{}\", which does not exist", provider, name);
    return Set.copyOf(found.values());
  }

  static String cause(Throwable fault) {
    return String.valueOf(
        fault instanceof CompletionException wrapped && wrapped.getCause() != null
            ? wrapped.getCause().getMessage()
            : fault.getMessage());
  }
}
