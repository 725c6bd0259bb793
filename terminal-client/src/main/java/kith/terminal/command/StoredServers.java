package kith.terminal.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import kith.terminal.profile.Access;
import kith.terminal.profile.Profile;
import kith.terminal.profile.Profiles;
import kith.terminal.profile.ServersFile;
import kith.terminal.runtime.Authenticator;
import kith.terminal.runtime.FirstServers;
import kith.terminal.runtime.FirstServers.First;
import kith.terminal.runtime.ServerList;
import kith.terminal.window.Window;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParameterException;

/// The stored logins of the user, and which of them `chat` opens.
final class StoredServers implements ServerList {
  private final Options options;

  /// Absent if the command names one account: that one is opened alone, and no list is stored.
  private final @Nullable ServersFile file;

  StoredServers(Options options) {
    this.options = options;
    file = options.isForOneAccount() ? null : ServersFile.in(options.places());
  }

  /// @param usual the login that is used without a list
  FirstServers first(Optional<Access> usual) {
    var saved = file == null ? ServersFile.Saved.NONE : file.saved();
    var all = new ArrayList<>(saved.profiles().stream().flatMap(it -> first(it).stream()).toList());
    if (all.isEmpty()) return new FirstServers(firstAt(usual), List.of());
    var asked = options.servers();
    Predicate<First> isShown =
        asked.isPresent() ? it -> isAt(it, asked.get()) : it -> it.profile().equals(saved.shown());
    var shown = all.stream().filter(isShown).findFirst();
    if (shown.isEmpty() && asked.isEmpty()) shown = Optional.of(all.getFirst());
    if (shown.isEmpty()) return new FirstServers(firstAt(usual), limited(all));
    all.remove(shown.get());
    return new FirstServers(shown.get(), limited(all));
  }

  private static List<First> limited(List<First> others) {
    return others.stream().limit(Window.MAX_SERVERS - 1).toList();
  }

  private First firstAt(Optional<Access> usual) {
    return First.of(usual, options.serversOrDefault().getFirst());
  }

  /// A profile that is logged out opens with the form.
  private Optional<First> first(String name) {
    var profile = Profile.named(options.places(), name);
    return profile
        .home()
        .map(home ->
            new First(
                Optional.of(name),
                Access.of(profile),
                home.servers().getFirst(),
                Optional.of(home.user())));
  }

  private static boolean isAt(First first, List<String> servers) {
    return first.access().isPresent()
        ? first.access().get().nodes().stream().anyMatch(node -> servers.contains(node.toString()))
        : servers.contains(first.address());
  }

  @Override
  public Authenticator authenticator(Optional<String> profile) {
    return new Entrance(options.forProfile(profile));
  }

  @Override
  public Optional<Access> stored(String address, Optional<String> user, List<String> open) {
    if (address.isEmpty()) return Optional.empty();
    return profiles()
        .filter(profile -> !open.contains(profile.name()))
        .flatMap(profile -> Access.of(profile).stream())
        .filter(access -> isAt(access, address))
        .filter(access -> user.map(access.user()::equalsIgnoreCase).orElse(true))
        .findFirst();
  }

  private boolean isAt(Access access, String address) {
    if (access.server().equalsIgnoreCase(address)) return true;
    try {
      var full = options.address(address);
      return access.nodes().stream().anyMatch(node -> node.toString().equals(full));
    } catch (ParameterException wrong) {
      return false;
    }
  }

  /// All logins but those of scripts.
  List<Access> logins() {
    return profiles().flatMap(profile -> Access.of(profile).stream()).toList();
  }

  private Stream<Profile> profiles() {
    return Profiles.names(options.places()).stream()
        .filter(name -> !name.startsWith(Options.OF_SCRIPTS))
        .map(name -> Profile.named(options.places(), name));
  }

  @Override
  public void keep(List<String> profiles) {
    if (file != null) file.keep(profiles);
  }

  @Override
  public void forget(String profile) {
    if (file != null) file.forget(profile);
  }

  @Override
  public void show(String profile) {
    if (file != null) file.show(profile);
  }
}
