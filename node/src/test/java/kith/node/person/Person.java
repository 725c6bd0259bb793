package kith.node.person;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.json.Json;
import kith.protocol.rest.Accounts;
import kith.protocol.rest.Inboxes;
import kith.protocol.rest.Inboxes.InboxRoom;
import kith.protocol.rest.RoomAnswers;
import kith.protocol.rest.RoomRequests;

/// A user in a test: an account on one device, with REST requests and a real socket.
public final class Person extends Screen {
  private final String password;
  private final Accounts.Tokens tokens;

  private Person(
      HttpClient client, URI node, String name, String password, Accounts.Tokens tokens) {
    super(client, node, name);
    this.password = password;
    this.tokens = tokens;
  }

  public static Person signsUp(URI node, String name) {
    return signsUp(Rest.CLIENT, node, name);
  }

  /// A sign-up that was answered with `unavailable` may have created the account.
  public static Person signsUp(HttpClient client, URI node, String name) {
    var password = "a long enough secret of " + name;
    var rest = new Rest(client, node, Optional.empty());
    var signUp =
        new Accounts.SignUp(
            name,
            password,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    var first = rest.post("/v1/accounts", signUp);
    var answer = first.status() == 503 ? rest.postWhenAvailable("/v1/accounts", signUp) : first;
    var tokens =
        first.status() == 503 && answer.status() == 409
            ? logIn(rest, name, password)
            : answer.as(Accounts.Tokens.class);
    return new Person(client, node, name, password, tokens);
  }

  /// A bot, with a token of its owner.
  public static Person withToken(URI node, String name, String token) {
    return new Person(
        Rest.CLIENT,
        node,
        name,
        "",
        new Accounts.Tokens(
            name, "", Optional.of(token), Instant.EPOCH, Optional.empty(), Instant.EPOCH));
  }

  private static Accounts.Tokens logIn(Rest rest, String name, String password) {
    return rest.postWhenAvailable(
            "/v1/tokens",
            new Accounts.LogIn(
                name, password, Optional.empty(), Optional.empty(), Optional.empty()))
        .as(Accounts.Tokens.class);
  }

  /// The same account on another device.
  public Person onAnotherDevice() {
    return logsInAt(node());
  }

  /// The same account on another device, which connects to this node.
  public Person logsInAt(URI other) {
    var rest = new Rest(client, other, Optional.empty());
    return new Person(client, other, name(), password, logIn(rest, name(), password));
  }

  public String password() {
    return password;
  }

  public String accessToken() {
    return tokens.accessToken().orElseThrow();
  }

  public Rest rest() {
    return new Rest(client, node(), tokens.accessToken());
  }

  public PersonFiles files() {
    return new PersonFiles(this, client, node());
  }

  public void deletesAccount() {
    var body = Json.restText(new Accounts.DeleteAccount(password, Optional.empty()));
    var answer = rest().send("DELETE", "/v1/account", Optional.of(body));
    if (answer.status() != 204) throw new AssertionError(answer.text());
  }

  public void logsOut() {
    rest().send("DELETE", "/v1/devices/current", Optional.empty());
  }

  public String makesRoom(String room, Visibility visibility) {
    return rest()
        .post(
            "/v1/rooms",
            new RoomRequests.CreateRoom(
                room,
                Optional.empty(),
                Optional.of(visibility),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty()))
        .as(RoomAnswers.Room.class)
        .room();
  }

  public void joins(String room) {
    rest()
        .postWhenAvailable(
            "/v1/rooms/" + room + "/join",
            new RoomRequests.JoinRoom(Optional.empty(), Optional.empty()))
        .as(RoomAnswers.Room.class);
  }

  /// Starts or finds the conversation with a user.
  public String talksTo(String user) {
    return rest()
        .send("PUT", "/v1/users/" + user + "/conversation", Optional.empty())
        .as(RoomAnswers.Room.class)
        .room();
  }

  public List<Entry> history(String room) {
    var entries = new ArrayList<Entry>();
    var more = true;
    while (more) {
      var after = entries.isEmpty() ? 0 : entries.getLast().seq();
      var page =
          rest()
              .getWhenAvailable("/v1/rooms/" + room + "/entries?limit=200&after=" + after)
              .as(RoomAnswers.EntryPage.class);
      entries.addAll(page.entries());
      more = page.more();
    }
    return entries;
  }

  /// Opens a socket and sends hello.
  public void connects() {
    connects(Map.of());
  }

  public void connects(Map<String, Long> resume) {
    connects(new ClientFrame.Hello(tokens.accessToken(), resume));
  }

  private void connects(ClientFrame.Hello hello) {
    opensSocket();
    says(hello);
    hears(ServerFrame.Welcome.class, _ -> true);
  }

  public void connectsWithInbox() {
    connects(new ClientFrame.Hello(tokens.accessToken(), Map.of(), Optional.of(true)));
    hears(ServerFrame.Inbox.class, ServerFrame.Inbox::whole);
  }

  public List<InboxRoom> inboxOverRest() {
    return rest().get("/v1/account/inbox").as(Inboxes.Inbox.class).rooms();
  }

  /// Asks again until the inbox matches: the account learns of a kick after the socket does.
  public void awaitsInboxOverRest(Predicate<List<InboxRoom>> wanted) {
    var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    var rooms = inboxOverRest();
    while (!wanted.test(rooms)) {
      if (System.nanoTime() > deadline) throw new AssertionError(name() + " still has " + rooms);
      rooms = inboxOverRest();
    }
  }

  public void mutes(String room) {
    rest().send("PUT", "/v1/account/muted/" + room, Optional.empty());
  }
}
