package kith.node.story;

import static kith.node.story.AdministrationCast.awaits;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import kith.node.AdminCommand;
import kith.node.person.Person;
import kith.protocol.ServerRole;
import kith.protocol.Visibility;
import kith.protocol.rest.Administration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command of administrators: on the node's machine, through a socket that only the node's user
/// can open, and from elsewhere.
@Tag("story")
class AdminCommandStoryTest extends AdministrationStory {
  /// In order, as the page for hosts has them.
  @Test
  void everyCommandOfTheHandbookWorks(@TempDir Path directory) throws IOException {
    var archive = directory.resolve("eve.zip");
    var ann = Person.signsUp(cast.node().uri("/"), "ann");
    var bob = Person.signsUp(cast.node().uri("/"), "bob");
    for (var name : List.of("carol", "dora")) Person.signsUp(cast.node().uri("/"), name);
    var eve = Person.signsUp(cast.node().uri("/"), "eve");
    bob.joins(ann.makesRoom("lobby", Visibility.PUBLIC));
    eve.makesRoom("den", Visibility.PRIVATE);
    awaits(() -> cast.admin("rooms"), it -> it.contains("den") && it.contains("lobby"));
    var commands =
        Files.readString(Path.of("..", "docs", "administration.md"))
            .lines()
            .filter(line -> line.startsWith("./kith admin "))
            .map(line -> line.replaceAll("\\s*#.*", "").substring("./kith admin ".length()))
            .toList();

    assertThat(commands).hasSizeGreaterThan(12);
    for (var command : commands)
      cast.admin(
          command
              .replace("eve.zip", archive.toString())
              .replace("9f86d08188", command.contains("9f86d08188") ? someInvitation() : "")
              .split(" ", -1));

    assertThat(commands.stream().map(it -> it.split(" ", 2)[0]).distinct())
        .as("every command is on the page")
        .containsExactlyInAnyOrderElementsOf(AdminCommand.create().getSubcommands().keySet());
    assertThat(cast.run("show", "eve").err()).contains("There is no such user.");
    assertThat(cast.admin("show", "ann")).contains("owner");
    assertThat(cast.admin("show", "dora")).contains("administrator");
  }

  private static String someInvitation() {
    return invitations("/v1/admin/invitations").invitations().getFirst().invitation();
  }

  private static Administration.InvitationPage invitations(String path) {
    return owner.rest().get(path).as(Administration.InvitationPage.class);
  }

  @Test
  void anInvitationOfAnAdministratorIsListedUntilItIsRevoked() {
    var administrator = cast.withRole("ida", ServerRole.ADMINISTRATOR);
    var path = "/v1/admin/invitations";
    var made =
        List.of(5, 7).stream()
            .map(uses ->
                administrator
                    .rest()
                    .post(path, new Administration.CreateInvitation(uses, 3_600_000))
                    .as(Administration.MadeInvitation.class))
            .toList();

    var first = invitations(path + "?limit=1");
    var second = invitations(path + "?after=" + first.next().orElseThrow());

    var ids = made.stream().map(Administration.MadeInvitation::invitation).toList();
    assertThat(first.invitations()).hasSize(1);
    assertThat(Stream.of(first, second).flatMap(page -> page.invitations().stream()))
        .extracting(Administration.ListedInvitation::invitation)
        .doesNotHaveDuplicates()
        .containsAll(ids);
    for (var id : ids) cast.admin("revoke-invitation", id);
    assertThat(cast.admin("invitations", "--json")).doesNotContain(ids);
    assertThat(cast.run("revoke-invitation", "nothing").err()).contains("does not exist");
    assertThat(cast.run("audit", "--act", "admin-invite").out())
        .contains("by " + administrator.name() + ", for 5 accounts", "by @operator, revoked");
  }

  @Test
  void onlyTheNodesUserCanOpenTheSocket() throws IOException {
    var socket = cast.node().adminSocket();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(Objects.requireNonNull(socket.getParent()))))
        .isEqualTo("rwx------");
  }

  @Test
  void malformedRequestsToTheSocketAreRefused() throws IOException {
    for (var text : List.of("nonsense\r\n\r\n", "GET /\r\n\r\n", "GET http://x/ HTTP/1.1\r\n\r\n"))
      try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
        channel.connect(UnixDomainSocketAddress.of(cast.node().adminSocket()));
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        var answer =
            new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("malformed-request");
      }
  }

  @Test
  void administratorsUseTheCommandFromElsewhereWithASeparateLogIn() throws Exception {
    var administrator = cast.withRole("remo", ServerRole.ADMINISTRATOR);
    var member = cast.signsUp("mel");
    // the list is about a second late
    awaits(() -> cast.admin("accounts"), it -> it.contains(administrator.name()));

    assertThat(elsewhere(administrator, administrator.password()))
        .contains("USER", administrator.name());
    assertThat(elsewhere(member, member.password()))
        .contains("Your role on this server does not allow that.");
    assertThat(elsewhere(administrator, "a wrong password"))
        .contains("The user name or the password is wrong.");

    // the log-in of the command has ended with it
    assertThat(owner.rest().get("/v1/admin/accounts/" + administrator.name()).list("devices"))
        .hasSize(1);
  }

  /// The output of the command as a process of its own, whose environment has the password.
  private static String elsewhere(Person person, String password) throws Exception {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                AdminCommand.class.getName(),
                "accounts",
                person.name(),
                "--server",
                cast.node().uri("/").toString())
            .redirectErrorStream(true);
    process.environment().put("KITH_USER", person.name());
    process.environment().put("KITH_PASSWORD", password);
    var running = process.start();
    try (var output = running.getInputStream()) {
      return new String(output.readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      running.destroyForcibly();
    }
  }
}
