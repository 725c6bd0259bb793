package kith.node.feature.identity;

import com.typesafe.config.ConfigUtil;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import kith.node.platform.config.Portions;
import kith.node.platform.config.Section;
import kith.protocol.ServerRole;

/// An identity provider.
///
/// @param id in paths and commands
/// @param name for people
/// @param clientSecret absent for a public client
/// @param nameClaim from which a new account gets its name
/// @param signUp whether a user without an account gets one
/// @param roles by the groups that give them
/// @param rooms the names or ids of rooms, with the groups that give them
public record ProviderSettings(
    String id,
    String name,
    String issuer,
    String clientId,
    Optional<String> clientSecret,
    List<String> scopes,
    String nameClaim,
    Optional<String> groupsClaim,
    boolean signUp,
    Map<ServerRole, Set<String>> roles,
    Map<String, Set<String>> rooms,
    Duration requestTime) {
  public ProviderSettings {
    rooms = Map.copyOf(rooms);
    scopes = List.copyOf(scopes);
    roles = Map.copyOf(roles);
  }

  static ProviderSettings read(String id, Section in, Duration time) {
    if (!id.matches("[a-z0-9-]{1,32}"))
      throw in.wrong("issuer", "belongs to a provider whose name needs letters a-z, digits and -");
    return new ProviderSettings(
        id,
        in.optionalText("name").orElse(id),
        in.address("issuer").toString(),
        in.text("client-id"),
        in.textOrFile("client-secret"),
        in.texts("scopes", List.of("openid", "profile", "email", "offline_access")),
        in.optionalText("name-claim").orElse("preferred_username"),
        in.optionalText("groups-claim"),
        in.flag("sign-up", true),
        readRoles(in.in("roles")),
        readRooms(in),
        time);
  }

  private static Map<ServerRole, Set<String>> readRoles(Section in) {
    var roles = new EnumMap<ServerRole, Set<String>>(ServerRole.class);
    for (var role : ServerRole.values()) {
      var groups = in.texts(role.name().toLowerCase(Locale.ROOT), List.of());
      if (!groups.isEmpty()) roles.put(role, Set.copyOf(groups));
    }
    return roles;
  }

  private static Map<String, Set<String>> readRooms(Section in) {
    var named = in.names("rooms");
    if (named.size() > Portions.GROUP_ROOMS)
      throw in.wrong("rooms", "has more than " + Portions.GROUP_ROOMS + " rooms");
    return named.stream()
        .collect(
            Collectors.toMap(
                Function.identity(),
                // the name of a room may contain spaces and dots
                name -> Set.copyOf(in.in("rooms").texts(ConfigUtil.joinPath(name)))));
  }

  /// The highest role that the groups give; empty if the provider gives no roles.
  public Optional<ServerRole> role(List<String> groups) {
    return roles.entrySet().stream()
        .filter(it -> groups.stream().anyMatch(it.getValue()::contains))
        .map(Map.Entry::getKey)
        .max(Comparator.naturalOrder());
  }

  /// The names or ids of the rooms that the groups give.
  public Set<String> rooms(List<String> groups) {
    return rooms.entrySet().stream()
        .filter(it -> groups.stream().anyMatch(it.getValue()::contains))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /// Omits the secret.
  @Override
  public String toString() {
    return "ProviderSettings[" + id + "]";
  }
}
