package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import kith.node.AdminCommand;
import kith.node.TestNode;
import kith.node.person.Patience;
import kith.node.person.Person;
import kith.node.person.Rest;
import kith.node.platform.database.Jdbc;
import kith.protocol.ServerRole;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Accounts;
import kith.protocol.rest.Administration;
import kith.protocol.rest.RoomAnswers;
import kith.protocol.rest.RoomRequests;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What administrators do, and what others cannot: through the command on the node's machine, and
/// over REST.
@Tag("story")
class AdministrationStoryTest {
  private static final AtomicInteger COUNT = new AtomicInteger();

  @SuppressWarnings("NullAway.Init")
  private static TestNode node;

  @SuppressWarnings("NullAway.Init")
  private static Person owner;

  private static Optional<Person> examples = Optional.empty();

  @BeforeAll
  static void start() {
    node = TestNode.start();
    owner = signsUp("olga");
    admin("grant", owner.name(), "owner");
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static Person signsUp(String name) {
    return Person.signsUp(node.uri("/"), name + COUNT.incrementAndGet());
  }

  private static Person withRole(String name, ServerRole role) {
    var person = signsUp(name);
    if (role != ServerRole.MEMBER) admin("grant", person.name(), role.name());
    return person;
  }

  private record Printed(int status, String out, String err) {}

  /// What `kith admin` prints on the node's machine.
  private static String admin(String... arguments) {
    var printed = run(arguments);
    assertThat(printed.err()).isEmpty();
    assertThat(printed.status()).isZero();
    return printed.out();
  }

  private static Printed run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", data().toString(), "--port", String.valueOf(node.port())));
    var status =
        AdminCommand.create()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(all.toArray(String[]::new));
    return new Printed(status, out.toString(), err.toString());
  }

  private static Path data() {
    return Objects.requireNonNull(
        Objects.requireNonNull(node.adminSocket().getParent()).getParent());
  }

  private static Rest.Answer put(Person by, String path, String body) {
    return by.rest().send("PUT", "/v1/admin/accounts/" + path, Optional.of(body));
  }

  private static Rest.Answer delete(Person by, String path) {
    return by.rest().send("DELETE", "/v1/admin/accounts/" + path, Optional.empty());
  }

  private static Rest.Answer disables(Person by, Person whom) {
    return by.rest()
        .send("PUT", "/v1/admin/accounts/" + whom.name() + "/disabled", Optional.empty());
  }

  private static Rest.Answer logsIn(Person person, String password) {
    return new Rest(node.uri("/"), Optional.empty())
        .post(
            "/v1/tokens",
            new Accounts.LogIn(
                person.name(), password, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  /// In order, as the page for hosts has them.
  @Test
  void everyCommandOfTheHandbookWorksAsItIsWritten(@TempDir Path directory) throws IOException {
    var archive = directory.resolve("eve.zip");
    var ann = Person.signsUp(node.uri("/"), "ann");
    var bob = Person.signsUp(node.uri("/"), "bob");
    for (var name : List.of("carol", "dora")) Person.signsUp(node.uri("/"), name);
    var eve = Person.signsUp(node.uri("/"), "eve");
    bob.joins(ann.makesRoom("lobby", Visibility.PUBLIC));
    eve.makesRoom("den", Visibility.PRIVATE);
    awaits(() -> admin("rooms"), it -> it.contains("den") && it.contains("lobby"));
    var commands =
        Files.readString(Path.of("..", "docs", "administration.md"))
            .lines()
            .filter(line -> line.startsWith("./kith admin "))
            .map(line -> line.replaceAll("\\s*#.*", "").substring("./kith admin ".length()))
            .toList();

    assertThat(commands).hasSizeGreaterThan(12);
    for (var command : commands)
      admin(
          command
              .replace("eve.zip", archive.toString())
              .replace("9f86d08188", command.contains("9f86d08188") ? someInvitation() : "")
              .split(" "));

    assertThat(commands.stream().map(it -> it.split(" ")[0]).distinct())
        .as("every command is on the page")
        .containsExactlyInAnyOrderElementsOf(AdminCommand.create().getSubcommands().keySet());
    assertThat(run("show", "eve").err()).contains("There is no such user.");
    assertThat(admin("show", "ann")).contains("owner");
    assertThat(admin("show", "dora")).contains("administrator");
  }

  private static String someInvitation() {
    return invitations("/v1/admin/invitations").invitations().getFirst().invitation();
  }

  private static Administration.InvitationPage invitations(String path) {
    return owner.rest().get(path).as(Administration.InvitationPage.class);
  }

  @Test
  void anInvitationOfAnAdministratorIsListedUntilItIsRevoked() {
    var administrator = withRole("ida", ServerRole.ADMINISTRATOR);
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
    for (var id : ids) admin("revoke-invitation", id);
    assertThat(admin("invitations", "--json")).doesNotContain(ids);
    assertThat(run("revoke-invitation", "nothing").err()).contains("does not exist");
    assertThat(run("audit", "--act", "admin-invite").out())
        .contains("by " + administrator.name() + ", for 5 accounts", "by @operator, revoked");
  }

  @Test
  void onlyTheNodesUserCanOpenTheSocket() throws IOException {
    var socket = node.adminSocket();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(Objects.requireNonNull(socket.getParent()))))
        .isEqualTo("rwx------");
  }

  /// Every route of administrators, as OpenAPI lists them.
  private static List<String> routes() throws IOException {
    var paths = description().path("paths");
    var routes = new ArrayList<String>();
    paths
        .properties()
        .forEach(path -> {
          if (path.getKey().startsWith("/v1/admin/"))
            path.getValue()
                .fieldNames()
                .forEachRemaining(
                    method -> routes.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey()));
        });
    return routes;
  }

  private static JsonNode description() throws IOException {
    return new ObjectMapper()
        .readTree(
            new Rest(node.uri("/"), Optional.empty())
                .send("GET", "/openapi.json", Optional.empty())
                .text());
  }

  private static Optional<String> body(String route) throws IOException {
    var words = route.split(" ", 2);
    var body =
        description()
            .path("paths")
            .path(words[1])
            .path(words[0].toLowerCase(Locale.ROOT))
            .at("/requestBody/content/application~1json/example");
    return body.isMissingNode() ? Optional.empty() : Optional.of(body.toString());
  }

  private static Rest.Answer tries(Person person, String route, String whom) throws IOException {
    var words = route.split(" ", 2);
    var path =
        words[1]
            .replace("{user}", whom)
            .replace("{room}", aRoom())
            // a number, or the name of something that does not exist
            .replaceAll("\\{[a-z]+}", "1");
    var query = route.equals("DELETE /v1/admin/bans") ? "?network=203.0.113.0/24" : "";
    var body = body(route).map(it -> it.replace("\"bob\"", "\"example\""));
    return person.rest().send(words[0], path + query, body);
  }

  /// A room of which the user in the examples of OpenAPI is a member.
  private static String aRoom() {
    if (examples.isEmpty()) examples = Optional.of(Person.signsUp(node.uri("/"), "example"));
    return examples.get().makesRoom("example " + COUNT.incrementAndGet(), Visibility.PUBLIC);
  }

  @ParameterizedTest
  @EnumSource(
      value = ServerRole.class,
      names = {"GUEST", "MEMBER"})
  void onlyAdministratorsMayUseTheirRoutes(ServerRole role) throws IOException {
    var person = withRole("eve", role);
    var victim = signsUp("vic");

    assertThat(routes()).hasSizeGreaterThan(8);
    for (var route : routes())
      assertThat(tries(person, route, victim.name()).refusal())
          .as(route)
          .isEqualTo("403 not-allowed");
  }

  @Test
  void administratorsMayDoNothingToOwnersAndAdministrators() throws IOException {
    var administrator = withRole("adam", ServerRole.ADMINISTRATOR);
    var other = withRole("alma", ServerRole.ADMINISTRATOR);

    for (var route : routes())
      if (route.contains("{user}") && !route.startsWith("GET"))
        for (var whom : List.of(owner, other))
          assertThat(tries(administrator, route, whom.name()).refusal())
              .as(route)
              .isEqualTo("403 not-allowed");
    assertThat(put(administrator, signsUp("mo").name() + "/role", "{\"role\":\"owner\"}").refusal())
        .isEqualTo("403 not-allowed");
  }

  @ParameterizedTest
  @EnumSource(
      value = ServerRole.class,
      names = {"ADMINISTRATOR", "OWNER"})
  void administratorsMayDoEverythingToMembers(ServerRole role) throws IOException {
    var person = withRole("ada", role);

    for (var route : routes())
      // an export is only for the operator of the machine, and there is no courier to restart, no
      // report to close, no bot of this name and no invitation to revoke
      if (!route.endsWith("/export")
          && Stream.of("{courier}", "{report}", "{bot}", "{invitation}").noneMatch(route::contains))
        assertThat(tries(person, route, signsUp("mia").name()).status()).as(route).isLessThan(300);
  }

  @Test
  void aRoleThatIsTakenAwayPermitsNothingAtOnce() {
    var administrator = withRole("ari", ServerRole.ADMINISTRATOR);
    assertThat(administrator.rest().get("/v1/admin/accounts").status()).isEqualTo(200);

    put(owner, administrator.name() + "/role", "{\"role\":\"member\"}");

    assertThat(administrator.rest().get("/v1/admin/accounts").refusal())
        .isEqualTo("403 not-allowed");
  }

  @Test
  void administratorsDoNotLockThemselvesOut() {
    for (var path : List.of("/disabled", "/role"))
      assertThat(put(owner, owner.name() + path, "{\"role\":\"guest\"}").refusal())
          .isEqualTo("400 bad-field");
    assertThat(run("ban", "300.1.1.1").err()).contains("an address such as 203.0.113.7");
    assertThat(delete(owner, owner.name()).refusal()).isEqualTo("400 bad-field");
  }

  @Test
  void aDisabledAccountIsClosedAtOnceAndReopensUnchanged() {
    var ann = signsUp("ann");
    var bob = signsUp("bob");
    var room = ann.makesRoom("room of " + ann.name(), Visibility.PUBLIC);
    bob.joins(room);
    ann.connects();
    ann.says(new ClientFrame.Open(room, OptionalLong.empty()));
    ann.says(new ClientFrame.Send("m1", room, "before", OptionalLong.empty()));
    ann.hears(ServerFrame.Ack.class, _ -> true);

    assertThat(disables(owner, ann).status()).isEqualTo(204);

    assertThat(ann.hears(ServerFrame.Goodbye.class, _ -> true).code())
        .isEqualTo("account-disabled");
    assertThat(ann.isHungUpOn()).isEqualTo(4403);
    assertThat(ann.rest().get("/v1/account").refusal()).isEqualTo("403 account-disabled");
    assertThat(logsIn(ann, "a wrong password").refusal()).isEqualTo("401 wrong-credentials");
    assertThat(logsIn(ann, ann.password()).refusal()).isEqualTo("403 account-disabled");
    assertThat(bob.history(room)).anyMatch(it -> it.toString().contains("before"));

    admin("enable", ann.name());

    assertThat(ann.rest().get("/v1/account").as(Accounts.Account.class).rooms())
        .containsExactly(room);
    ann.connects();
  }

  @Test
  void aUserSetsANewPasswordWithACodeOnce() {
    var ann = signsUp("ann");

    var code = admin("reset-password", ann.name()).lines().findFirst().orElseThrow();

    assertThat(resets(ann, "wrong" + code, "a very new password").refusal())
        .isEqualTo("401 wrong-credentials");
    assertThat(resets(ann, code, "short").refusal()).isEqualTo("400 password-too-short");
    // typed in upper case
    assertThat(resets(ann, code.toUpperCase(Locale.ROOT), "a very new password").status())
        .isEqualTo(201);
    assertThat(ann.rest().get("/v1/account").refusal()).isEqualTo("401 device-ended");
    assertThat(logsIn(ann, ann.password()).refusal()).isEqualTo("401 wrong-credentials");
    assertThat(logsIn(ann, "a very new password").status()).isEqualTo(201);
    assertThat(resets(ann, code, "another new password").refusal())
        .isEqualTo("401 wrong-credentials");
  }

  private static Rest.Answer resets(Person person, String code, String password) {
    return new Rest(node.uri("/"), Optional.empty())
        .post(
            "/v1/tokens/reset",
            new Accounts.ResetPassword(
                person.name(), code, password, Optional.empty(), Optional.empty()));
  }

  @Test
  void anAdministratorDeletesAnAccount() {
    var ann = signsUp("ann");

    assertThat(run("delete", ann.name()).err()).contains("--yes");
    admin("delete", ann.name(), "--yes");

    assertThat(ann.rest().get("/v1/account").refusal()).isEqualTo("401 device-ended");
    assertThat(owner.rest().get("/v1/users/" + ann.name()).refusal()).isEqualTo("404 unknown-user");
    awaits(() -> admin("accounts", ann.name()), it -> !it.contains(ann.name()));
    assertThat(run("show", ann.name()).err()).contains("There is no such user.");
  }

  @Test
  void anAdministratorLogsAUserOutEverywhere() {
    var ann = signsUp("ann");
    var phone = ann.onAnotherDevice();

    admin("end-devices", ann.name());

    for (var device : List.of(ann, phone))
      assertThat(device.rest().get("/v1/account").refusal()).isEqualTo("401 device-ended");
  }

  @Test
  void aGuestOnlyTakesPartWhereItIsInvited() {
    var guest = withRole("gus", ServerRole.GUEST);
    var room = owner.makesRoom("open " + guest.name(), Visibility.PUBLIC);

    assertThat(joins(guest, room, Optional.empty()).refusal()).isEqualTo("403 not-allowed");
    assertThat(guest.rest().get("/v1/rooms").refusal()).isEqualTo("403 not-allowed");
    assertThat(
            guest
                .rest()
                .send("POST", "/v1/rooms", Optional.of("{\"name\":\"of a guest\"}"))
                .refusal())
        .isEqualTo("403 not-allowed");
    assertThat(
            guest
                .rest()
                .send("PUT", "/v1/users/" + owner.name() + "/conversation", Optional.empty())
                .refusal())
        .isEqualTo("403 not-allowed");
    // others may begin a conversation with a guest
    var conversation = owner.talksTo(guest.name());
    assertThat(guest.rest().get("/v1/rooms/" + conversation).status()).isEqualTo(200);

    var token =
        owner
            .rest()
            .post(
                "/v1/rooms/" + room + "/invitations",
                new RoomRequests.Invite(
                    OptionalLong.empty(), OptionalInt.empty(), Optional.empty()))
            .as(RoomAnswers.Invitation.class)
            .token();
    assertThat(joins(guest, room, token).status()).isEqualTo(200);
  }

  private static Rest.Answer joins(Person person, String room, Optional<String> token) {
    return person
        .rest()
        .post("/v1/rooms/" + room + "/join", new RoomRequests.JoinRoom(Optional.empty(), token));
  }

  @Test
  void accountsAreListedByNameRoleAndStateInPages() {
    var guests =
        Stream.of("xaver", "xenia", "xia").map(it -> withRole(it, ServerRole.GUEST)).toList();
    disables(owner, guests.getFirst());

    var listed =
        awaits(
            () -> admin("accounts", "x", "--role", "guest", "--json"),
            it -> it.lines().count() == 3 && it.contains("\"disabled\":true"));

    assertThat(listed.lines().map(line -> user(line)))
        .containsExactlyElementsOf(guests.stream().map(Person::name).sorted().toList());
    assertThat(admin("accounts", "x", "--role", "guest", "--state", "disabled"))
        .contains(guests.get(0).name())
        .doesNotContain(guests.get(1).name());
    var first = owner.rest().get("/v1/admin/accounts?query=x&role=guest&limit=2");
    assertThat(first.list("accounts")).hasSize(2);
    assertThat(
            owner
                .rest()
                .get("/v1/admin/accounts?query=x&role=guest&limit=2&after=" + first.field("next"))
                .list("accounts"))
        .hasSize(1);
    assertThat(owner.rest().get("/v1/admin/accounts?role=king").refusal())
        .isEqualTo("400 bad-field");
  }

  private static String user(String line) {
    try {
      return new ObjectMapper().readTree(line).path("user").asText();
    } catch (IOException fault) {
      throw new AssertionError(line, fault);
    }
  }

  @Test
  void theListIsRebuiltFromTheJournals() throws Exception {
    var ann = signsUp("rebuilt");
    awaits(() -> admin("accounts", ann.name()), it -> it.contains(ann.name()));
    try (var connection =
        DriverManager.getConnection(
            node.database().url(),
            node.database().user().orElseThrow(),
            node.database().password().orElseThrow())) {
      Jdbc.change(connection, "DELETE FROM account_directory");
    }
    assertThat(admin("accounts", ann.name())).doesNotContain(ann.name());

    assertThat(admin("rebuild")).contains("the list of accounts is complete");

    assertThat(admin("accounts", ann.name(), "--json")).contains("\"devices\":1");
  }

  @Test
  void theDetailsOfAnAccountNameItsDevices() {
    var ann = signsUp("ann");
    admin("reset-password", ann.name());

    assertThat(admin("show", ann.name()))
        .contains("role     member", "state    active", "device   unnamed", "a code");
    var devices = owner.rest().get("/v1/admin/accounts/" + ann.name()).list("devices");
    assertThat(devices).hasSize(1);
    assertThat(StreamSupport.stream(devices.spliterator(), false).map(it -> it.has("device")))
        .containsOnly(true);
  }

  @Test
  void malformedRequestsToTheSocketAreRefused() throws IOException {
    for (var text : List.of("nonsense\r\n\r\n", "GET /\r\n\r\n", "GET http://x/ HTTP/1.1\r\n\r\n"))
      try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
        channel.connect(UnixDomainSocketAddress.of(node.adminSocket()));
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        var answer =
            new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("malformed-request");
      }
  }

  private static String awaits(Supplier<String> text, Predicate<String> wanted) {
    var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    var now = text.get();
    while (!wanted.test(now)) {
      if (System.nanoTime() > deadline) throw new AssertionError("still " + now);
      now = text.get();
    }
    return now;
  }

  @Test
  void aRoomWithoutAUsableOwnerIsFoundAndTakenOver() {
    var ann = signsUp("ann");
    var bob = signsUp("bob");
    var cyd = signsUp("cyd");
    var room = ann.makesRoom("den of " + ann.name(), Visibility.PUBLIC);
    bob.joins(room);
    awaits(() -> admin("rooms", room, "--json"), it -> it.contains("\"members\":2"));
    assertThat(admin("rooms", room, "--orphaned", "--json")).isEmpty();

    admin("disable", ann.name());

    var listed =
        awaits(() -> admin("rooms", "--orphaned", "--json", room), it -> it.contains(room));
    assertThat(listed).contains("\"orphaned\":true", "\"entries\":2", "\"fileBytes\":0");
    assertThat(run("take-over", room, cyd.name()).err()).contains("not a member");
    admin("take-over", "den of " + ann.name(), bob.name());
    awaits(() -> admin("rooms", room), it -> it.contains("(" + ann.name() + ", " + bob.name()));
    assertThat(bob.rest().get("/v1/rooms/" + room).field("role")).isEqualTo("owner");
    assertThat(bob.history(room))
        .anyMatch(
            it -> it instanceof Entry.RoleChanged changed && changed.by().equals("@operator"));
    assertThat(admin("audit", "--room", room)).contains("admin-room-owner");
  }

  @Test
  void anAdministratorDeletesARoomButNoConversation() {
    var ann = signsUp("ann");
    var bob = signsUp("bob");
    var room = ann.makesRoom("den of " + ann.name(), Visibility.PRIVATE);
    var conversation = ann.talksTo(bob.name());
    awaits(() -> admin("rooms"), it -> it.contains(room));

    assertThat(admin("rooms")).doesNotContain(conversation);
    assertThat(
            owner
                .rest()
                .send("DELETE", "/v1/admin/rooms/" + conversation, Optional.empty())
                .refusal())
        .isEqualTo("404 unknown-room");
    assertThat(owner.rest().get("/v1/rooms/" + room).refusal()).isEqualTo("404 unknown-room");
    assertThat(run("delete-room", room).err()).contains("--yes");
    admin("delete-room", room, "--yes");

    assertThat(ann.rest().get("/v1/rooms/" + room).refusal()).isEqualTo("404 unknown-room");
    awaits(() -> admin("rooms"), it -> !it.contains(room));
  }

  @Test
  void anArchivedRoomIsReadAndNotChanged() {
    var ann = signsUp("ann");
    var bob = signsUp("bob");
    var eve = signsUp("eve");
    var name = "hall of " + ann.name();
    var room = ann.makesRoom(name, Visibility.PUBLIC);
    var path = "/v1/rooms/" + room;
    bob.joins(room);
    bob.connectsWithInbox();
    bob.opens(room, 0);
    var seq = bob.says(room, "kept words").seq();
    assertThat(
            ann.rest()
                .send("PATCH", path, Optional.of("{\"moderation\":{\"archived\":true}}"))
                .refusal())
        .isEqualTo("403 not-allowed");
    assertThat(ann.rest().send("PUT", "/v1/admin/rooms/" + room + "/archived", Optional.empty()))
        .returns("403 not-allowed", Rest.Answer::refusal);

    admin("archive-room", name);

    bob.seesEntry(
        room,
        it ->
            it instanceof Entry.SettingsChanged change
                && change.by().equals("@operator")
                && change.moderation().equals(Optional.of(RoomRequests.Moderation.archiving(true))),
        "the archiving");
    bob.hears(
        ServerFrame.Inbox.class,
        it -> it.rooms().stream().anyMatch(row -> row.archived().equals(Optional.of(true))));
    bob.says(new ClientFrame.Send("m1", room, "hi", OptionalLong.empty()));
    assertThat(bob.isRefused("m1").code()).isEqualTo("room-archived");
    bob.says(new ClientFrame.React("m2", room, seq, "👍", Optional.empty()));
    assertThat(bob.isRefused("m2").code()).isEqualTo("room-archived");
    assertThat(
            eve.rest()
                .post(
                    path + "/join", new RoomRequests.JoinRoom(Optional.empty(), Optional.empty())))
        .returns("403 room-archived", Rest.Answer::refusal);
    assertThat(ann.rest().send("PATCH", path, Optional.of("{\"topic\":\"new\"}")).refusal())
        .isEqualTo("403 room-archived");
    assertThat(ann.rest().send("DELETE", path, Optional.empty()).refusal())
        .isEqualTo("403 room-archived");
    awaits(() -> eve.rest().get("/v1/rooms?query=" + ann.name()).body(), it -> !it.contains(room));
    assertThat(admin("rooms", room)).contains("archived");
    assertThat(bob.history(room)).anyMatch(it -> it.toString().contains("kept words"));
    awaits(() -> bob.rest().get("/v1/search?q=kept").body(), it -> it.contains("kept words"));
    var phone = bob.onAnotherDevice();
    phone.connectsWithInbox();
    assertThat(phone.inboxOverRest())
        .anyMatch(row -> row.room().equals(room) && row.archived().equals(Optional.of(true)));

    admin("unarchive-room", room);

    eve.joins(room);
    bob.says(room, "again");
    awaits(() -> eve.rest().get("/v1/rooms?query=" + ann.name()).body(), it -> it.contains(room));
    assertThat(admin("audit", "--room", room))
        .contains("admin-room-archive", "admin-room-unarchive");
    phone.close();
    bob.close();
  }

  @Test
  void roomsAreListedInPages() {
    for (var i = 0; i < 3; i++) owner.makesRoom("paged " + i, Visibility.PRIVATE);
    awaits(() -> admin("rooms", "paged", "--json"), it -> it.lines().count() == 3);

    var first = owner.rest().get("/v1/admin/rooms?query=paged&limit=2");
    assertThat(first.list("rooms")).hasSize(2);
    assertThat(
            owner
                .rest()
                .get("/v1/admin/rooms?query=paged&limit=2&after=" + first.field("next"))
                .list("rooms"))
        .hasSize(1);
    assertThat(admin("rooms", "paged", "--limit", "1", "--json").lines()).hasSize(1);
  }

  @Test
  void administratorsUseTheCommandFromElsewhereWithALogInOfItsOwn() throws Exception {
    var administrator = withRole("remo", ServerRole.ADMINISTRATOR);
    var member = signsUp("mel");
    // the list is about a second late
    awaits(() -> admin("accounts"), it -> it.contains(administrator.name()));

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

  /// What the command prints as a process of its own, whose environment has the password.
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
                node.uri("/").toString())
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
