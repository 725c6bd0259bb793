package kith.terminal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipFile;
import kith.node.Node;
import kith.protocol.Role;
import kith.protocol.Visibility;
import kith.protocol.rest.RoomRequests;
import kith.terminal.StoryNode;
import kith.terminal.net.Logins;
import kith.terminal.net.Refused;
import kith.terminal.net.Rest;
import kith.terminal.net.TokenSource;
import kith.terminal.plain.RoomSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Rooms and accounts that are administered from a shell, on a real node.
@Tag("story")
class AdministrationStoryTest {
  private static final String PASSWORD = "correct horse battery";

  @TempDir private static Path directory;
  private static Optional<Node> node = Optional.empty();

  @BeforeAll
  static void startANode() {
    node = Optional.of(StoryNode.start(directory.resolve("data")));
  }

  @AfterAll
  static void stopTheNode() {
    node.ifPresent(Node::close);
  }

  private static String url() {
    return node.orElseThrow().url();
  }

  private static Rest signsUp(String user) {
    var logins = new Logins(List.of(URI.create(url())));
    var tokens = logins.signUp(user, PASSWORD, "test");
    var token = new TokenSource.Token(tokens.accessToken().orElseThrow());
    return new Rest(List.of(URI.create(url())), _ -> token);
  }

  private static Options options(String user, Map<String, String> more) {
    var environment = new HashMap<>(more);
    environment.put("HOME", directory.resolve(user).toString());
    environment.put("KITH_SERVER", url());
    environment.put("KITH_USER", user);
    environment.putIfAbsent("KITH_PASSWORD", PASSWORD);
    return new Options(environment);
  }

  /// @return the exit code
  private static int runs(Options options, String... arguments) {
    var made = CommandLine.defaultFactory();
    var factory =
        new CommandLine.IFactory() {
          @Override
          public <K> K create(Class<K> type) throws Exception {
            if (type == Options.class) return type.cast(options);
            if (type == RoomSetCommand.class) return type.cast(new RoomSetCommand(options));
            return made.create(type);
          }
        };
    return new CommandLine(new Group(), factory)
        .addSubcommand(new CreateCommand(options))
        .addSubcommand(new LeaveCommand(options))
        .addSubcommand(new MuteCommand(options))
        .addSubcommand(new CommandLine(new RoomCommand(), factory))
        .addSubcommand(new CommandLine(new AccountCommand(options), factory))
        .setExecutionExceptionHandler((_, _, _) -> Exit.REFUSED)
        .execute(arguments);
  }

  @CommandLine.Command
  private static final class Group {}

  private static int runs(String user, String... arguments) {
    return runs(options(user, Map.of()), arguments);
  }

  @Test
  void aUserSavesEverythingThatIsStored(@TempDir Path here) throws Exception {
    signsUp("eva");
    var archive = here.resolve("eva.zip");

    assertThat(runs("eva", "account", "export", archive.toString())).isZero();

    try (var zip = new ZipFile(archive.toFile())) {
      var journal = zip.getInputStream(zip.getEntry("journal.jsonl")).readAllBytes();
      assertThat(new String(journal, StandardCharsets.UTF_8)).contains("account.signed-up");
    }
  }

  @Test
  void anOwnerChangesARoomAndDeletesIt() {
    var ann = signsUp("ann");
    assertThat(runs("ann", "create", "den", "--topic", "tea", "--capacity", "5", "--private"))
        .isZero();
    var room = ann.account().rooms().getFirst();
    assertThat(ann.room(room).capacity()).hasValue(5);
    assertThat(ann.room(room).visibility()).isEqualTo(Visibility.PRIVATE);

    var withPasscode = options("ann", Map.of("KITH_PASSCODE", "open sesame"));
    assertThat(runs(withPasscode, "room", "set", "den", "--name", "cave", "--passcode")).isZero();
    assertThat(runs("ann", "room", "set", "cave", "--capacity", "none", "--public")).isZero();

    var changed = ann.room(room);
    assertThat(changed.name()).isEqualTo("cave");
    assertThat(changed.topic()).as("unchanged").isEqualTo("tea");
    assertThat(changed.passcode()).isTrue();
    assertThat(changed.capacity()).isEmpty();
    assertThat(changed.visibility()).isEqualTo(Visibility.PUBLIC);
    assertThat(runs("ann", "room", "set", "cave", "--no-passcode", "--topic", "")).isZero();
    assertThat(ann.room(room).passcode()).isFalse();
    assertThat(ann.room(room).topic()).isEmpty();
    assertThat(runs("ann", "room", "set", "cave", "--capacity", "many")).isEqualTo(Exit.USAGE);
    assertThat(runs("ann", "room", "set", "cave", "--public", "--private")).isEqualTo(Exit.USAGE);

    assertThat(runs("ann", "room", "delete", "cave", "--yes")).isZero();
    assertThat(ann.account().rooms()).isEmpty();
    assertThat(runs("ann", "room", "show", "cave")).isEqualTo(Exit.REFUSED);
  }

  @Test
  void aModeratorInvitesAndBans() {
    var bob = signsUp("bob");
    var eve = signsUp("eve");
    runs("bob", "create", "club", "--private");
    var club = bob.account().rooms().getFirst();

    assertThat(runs("bob", "room", "invite", "club", "--uses", "2", "--days", "3")).isZero();
    var invitation = bob.invitations(club).invitations().getFirst();
    assertThat(invitation.usesLeft()).hasValue(2);
    assertThat(invitation.expires())
        .isBetween(Instant.now().plus(Duration.ofDays(2)), Instant.now().plus(Duration.ofDays(4)));
    assertThat(runs("bob", "room", "revoke", "club", invitation.invitation())).isZero();
    assertThat(bob.invitations(club).invitations()).isEmpty();

    bob.changeRoom(club, RoomSettings.change("visibility", "public").orElseThrow());
    eve.join(club, new RoomRequests.JoinRoom(Optional.empty(), Optional.empty()));
    assertThat(runs("bob", "room", "role", "club", "eve", "moderator")).isZero();
    assertThat(bob.members(club, Optional.empty()).members())
        .anyMatch(it -> it.user().equals("eve") && it.role() == Role.MODERATOR);
    assertThat(runs("bob", "room", "role", "club", "eve", "queen")).isEqualTo(Exit.USAGE);
    assertThat(runs("bob", "room", "ban", "club", "eve", "--reason", "spam")).isZero();
    assertThat(bob.bans(club).users()).containsExactly("eve");
    assertThat(eve.account().rooms()).isEmpty();
    assertThat(runs("bob", "room", "unban", "club", "eve")).isZero();
    assertThat(bob.bans(club).users()).isEmpty();
  }

  @Test
  void aMemberMutesAndLeaves() {
    var fay = signsUp("fay");
    runs("fay", "create", "attic");

    assertThat(runs("fay", "mute", "attic")).isZero();
    assertThat(fay.inbox().rooms().getFirst().muted()).isTrue();
    assertThat(runs("fay", "mute", "attic", "--undo")).isZero();
    assertThat(fay.inbox().rooms().getFirst().muted()).isFalse();
    assertThat(runs("fay", "leave", "attic")).isZero();

    assertThat(fay.account().rooms()).isEmpty();
  }

  @Test
  void anAccountIsChanged() {
    var gus = signsUp("gus");
    assertThat(runs("gus", "account", "name", "Gus G.")).isZero();
    assertThat(runs("gus", "account", "email", "gus@example.org")).isZero();
    assertThat(gus.account().displayName()).contains("Gus G.");
    assertThat(gus.account().email()).contains("gus@example.org");
    assertThat(runs("gus", "account", "email", "none")).isZero();
    assertThat(gus.account().email()).isEmpty();

    assertThat(gus.devices().devices()).hasSize(2);
    assertThat(runs("gus", "account", "end-device")).isEqualTo(Exit.USAGE);
    assertThat(runs("gus", "account", "end-device", "--others")).isZero();
    assertThatThrownBy(gus::account).as("the device of the sign-up").isInstanceOf(Refused.class);
  }

  @Test
  void aChangedPasswordReplacesTheOldOne() {
    signsUp("hal");
    runs("hal", "account");
    var change = options("hal", Map.of("KITH_NEW_PASSWORD", "another horse battery"));

    assertThat(runs(change, "account", "password")).isZero();

    var logins = new Logins(List.of(URI.create(url())));
    assertThatThrownBy(() -> logins.logIn("hal", PASSWORD, "test", Optional.empty()))
        .isInstanceOf(Refused.class);
    assertThat(logins.logIn("hal", "another horse battery", "test", Optional.empty()).user())
        .isEqualTo("hal");
  }
}
