package kith.node.feature.identity;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import kith.node.platform.config.Section;

/// Signing in.
///
/// @param passwords whether people sign up and log in with passwords
/// @param address the URL at which browsers reach the server; absent if they do not sign in with
///   providers
/// @param requestTime for one request to a provider
/// @param signIns that are under way at a time
public record IdentitySettings(
    boolean passwords,
    Optional<URI> address,
    Duration requestTime,
    int signIns,
    List<ProviderSettings> providers) {
  public IdentitySettings {
    providers = List.copyOf(providers);
  }

  public static IdentitySettings read(Section in) {
    var time = in.time("request-time");
    var identity =
        new IdentitySettings(
            in.flag("passwords"),
            in.optionalAddress("address"),
            time,
            in.number("sign-ins", 1, 1_000_000),
            in.names("providers").stream()
                .map(id -> ProviderSettings.read(id, in.in("providers").in(id), time))
                .toList());
    if (!identity.passwords() && identity.providers().isEmpty())
      throw in.wrong("passwords", "must be true without providers: nobody could sign in");
    return identity;
  }
}
