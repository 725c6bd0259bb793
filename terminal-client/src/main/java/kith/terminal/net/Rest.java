package kith.terminal.net;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.Code;
import kith.protocol.Role;
import kith.protocol.Status;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import kith.protocol.rest.Accounts;
import kith.protocol.rest.Bots;
import kith.protocol.rest.InboundHooks;
import kith.protocol.rest.Inboxes;
import kith.protocol.rest.Joining;
import kith.protocol.rest.Moderating;
import kith.protocol.rest.People;
import kith.protocol.rest.Presences;
import kith.protocol.rest.RoomAnswers;
import kith.protocol.rest.RoomRequests;
import kith.protocol.rest.Searches;
import kith.protocol.rest.SecondFactors;
import kith.protocol.rest.ServerDescription;
import kith.protocol.rest.SharedFiles;
import kith.protocol.rest.SignIn;

/// The REST calls of a logged-in user. Each may block, throws `Refused` if the node refuses it, and
/// `Unreachable` if no node answers.
public final class Rest {
  /// Messages in one page of a search on the screen.
  public static final int SEARCH_HITS = 20;

  private final Http http;
  private final TokenSource tokens;
  private final Repetition repetition = new Repetition(Thread::sleep);

  public Rest(List<URI> nodes, TokenSource tokens) {
    http = new Http(nodes);
    this.tokens = tokens;
  }

  public Accounts.Account account() {
    return get("/v1/account", Accounts.Account.class);
  }

  /// A page of everything that the server stores about the account.
  public Accounts.ExportPage export(Optional<String> next, boolean withFiles) {
    return get(
        "/v1/account/export?contents=" + withFiles + next.map(it -> "&next=" + part(it)).orElse(""),
        Accounts.ExportPage.class);
  }

  /// The size of the files of the account, and the size that they may have.
  public SharedFiles.FileQuota fileQuota() {
    return get("/v1/account/files", SharedFiles.FileQuota.class);
  }

  public Inboxes.Inbox inbox() {
    return get("/v1/account/inbox", Inboxes.Inbox.class);
  }

  public void mute(String room, boolean is) {
    request(is ? "PUT" : "DELETE", "/v1/account/muted/" + part(room));
  }

  public People.Blocked blocked() {
    return get("/v1/account/blocked", People.Blocked.class);
  }

  public void block(String user, boolean is) {
    request(is ? "PUT" : "DELETE", "/v1/account/blocked/" + part(user));
  }

  /// Refused without a request if the server would ignore a part of it.
  public Accounts.Account changeProfile(Accounts.ChangeProfile change) {
    var needed = change.privacy().map(Features::of).orElse(List.of());
    if (!needed.isEmpty()) {
      var features = features();
      for (var feature : needed) if (!features.has(feature)) throw Features.refusal(feature);
    }
    return ask("PATCH", "/v1/account", Optional.of(change), Accounts.Account.class);
  }

  public void changePassword(String current, String replacement) {
    request("PUT", "/v1/account/password", new Accounts.ChangePassword(current, replacement));
  }

  public SignIn.LinkedIdentities identities() {
    return get("/v1/account/identities", SignIn.LinkedIdentities.class);
  }

  /// Begins to link an identity of a provider to the account.
  ///
  /// @param password of the account, if it has one
  public SignIn.BegunSignIn beginLink(String provider, Optional<String> password) {
    return ask(
        "POST",
        "/v1/account/identities/" + part(provider),
        Optional.of(new SignIn.BeginLink(password)),
        SignIn.BegunSignIn.class);
  }

  /// Refused until the user has approved it.
  public void finishLink(String signIn) {
    request("PUT", "/v1/account/identities", new SignIn.FinishLink(signIn));
  }

  public void unlink(String provider, Optional<String> password) {
    request("DELETE", "/v1/account/identities/" + part(provider), new SignIn.EndLink(password));
  }

  public SecondFactors.SecondFactorStanding secondFactor() {
    return get("/v1/account/second-factor", SecondFactors.SecondFactorStanding.class);
  }

  /// The new secret, which `turnOnSecondFactor` confirms.
  public SecondFactors.SecondFactorBegun beginSecondFactor(String password) {
    return ask(
        "POST",
        "/v1/account/second-factor",
        Optional.of(new SecondFactors.SecondFactorBegin(password)),
        SecondFactors.SecondFactorBegun.class);
  }

  public SecondFactors.RecoveryCodes turnOnSecondFactor(String code) {
    return ask(
        "PUT",
        "/v1/account/second-factor",
        Optional.of(new SecondFactors.SecondFactorTurnOn(code)),
        SecondFactors.RecoveryCodes.class);
  }

  public void turnOffSecondFactor(String password, String code) {
    request(
        "DELETE", "/v1/account/second-factor", new SecondFactors.SecondFactorProof(password, code));
  }

  public SecondFactors.RecoveryCodes newRecoveryCodes(String password, String code) {
    return ask(
        "POST",
        "/v1/account/second-factor/codes",
        Optional.of(new SecondFactors.SecondFactorProof(password, code)),
        SecondFactors.RecoveryCodes.class);
  }

  public void deleteAccount(String password, boolean messages) {
    request("DELETE", "/v1/account", new Accounts.DeleteAccount(password, Optional.of(messages)));
  }

  public Accounts.Devices devices() {
    return get("/v1/devices", Accounts.Devices.class);
  }

  public void logOut() {
    request("DELETE", "/v1/devices/current");
  }

  public void logOut(String device) {
    request("DELETE", "/v1/devices/" + part(device));
  }

  public void logOutAll() {
    request("DELETE", "/v1/devices");
  }

  public Accounts.Profile user(String user) {
    return get("/v1/users/" + part(user), Accounts.Profile.class);
  }

  public People.Contacts contacts() {
    return get("/v1/contacts", People.Contacts.class);
  }

  public void wantContact(String user, Optional<String> note) {
    request("PUT", "/v1/contacts/" + part(user), new People.WantContact(note));
  }

  public void endContact(String user) {
    request("DELETE", "/v1/contacts/" + part(user));
  }

  public RoomAnswers.Room conversation(String user) {
    return ask(
        "PUT",
        "/v1/users/" + part(user) + "/conversation",
        Optional.empty(),
        RoomAnswers.Room.class);
  }

  /// Requests a conversation with a user. Returns the request that waits for an answer; empty if
  /// none is needed.
  public Optional<People.Request> requestConversation(String user, String text) {
    var answer =
        ask(
            "PUT",
            "/v1/users/" + part(user) + "/conversation",
            Optional.of(new People.BeginConversation(Optional.of(text))),
            RoomOrRequest.class);
    return answer.user().isEmpty() || answer.text().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new People.Request(
                answer.user().get(),
                answer.text().get(),
                answer.at().orElse(Instant.EPOCH),
                answer.expires().orElse(Instant.EPOCH)));
  }

  private record RoomOrRequest(
      Optional<String> user,
      Optional<String> text,
      Optional<Instant> at,
      Optional<Instant> expires) {}

  public People.Requests requests() {
    return get("/v1/requests", People.Requests.class);
  }

  public void endRequest(String user) {
    request("DELETE", "/v1/requests/" + part(user));
  }

  public RoomAnswers.Room createRoom(RoomRequests.CreateRoom body) {
    return repetition.send(
        Json.restText(body),
        id -> ask("POST", "/v1/rooms", Optional.of(body.withId(id)), RoomAnswers.Room.class));
  }

  public RoomAnswers.RoomPage publicRooms(
      Optional<String> query, Optional<String> name, Optional<String> after, OptionalInt limit) {
    var asked =
        new Query()
            .with("query", query)
            .with("name", name)
            .with("after", after)
            .with("limit", limit.stream().mapToObj(String::valueOf).findFirst());
    return get("/v1/rooms" + asked, RoomAnswers.RoomPage.class);
  }

  public Optional<RoomAnswers.Room> publicRoomNamed(String name) {
    return publicRooms(Optional.empty(), Optional.of(name), Optional.empty(), OptionalInt.empty())
        .rooms()
        .stream()
        .findFirst();
  }

  public RoomAnswers.Room room(String room) {
    return get(of(room), RoomAnswers.Room.class);
  }

  public RoomAnswers.RetentionPreview previewRetention(
      String room, RoomRequests.Retention retention) {
    var query = new ArrayList<String>();
    retention.days().ifPresent(it -> query.add("days=" + it));
    retention.entries().ifPresent(it -> query.add("entries=" + it));
    retention.bytes().ifPresent(it -> query.add("bytes=" + it));
    return get(
        "/v1/rooms/" + part(room) + "/retention/preview?" + String.join("&", query),
        RoomAnswers.RetentionPreview.class);
  }

  public RoomAnswers.Room changeRoom(String room, RoomRequests.ChangeRoom change) {
    return ask("PATCH", of(room), Optional.of(change), RoomAnswers.Room.class);
  }

  public void deleteRoom(String room) {
    request("DELETE", of(room));
  }

  public RoomAnswers.Room join(String room, RoomRequests.JoinRoom body) {
    return ask("POST", of(room) + "/join", Optional.of(body), RoomAnswers.Room.class);
  }

  public void leave(String room) {
    request("POST", of(room) + "/leave");
  }

  public RoomAnswers.MemberPage members(String room, Optional<String> after) {
    return get(
        of(room) + "/members" + new Query().with("after", after), RoomAnswers.MemberPage.class);
  }

  public Presences.RoomPresence presence(String room, Optional<String> after) {
    return get(
        of(room) + "/presence" + new Query().with("after", after), Presences.RoomPresence.class);
  }

  public void chooseStatus(Status status) {
    request("PUT", "/v1/account/status", new Presences.ChooseStatus(status));
  }

  public void changeRole(String room, String user, Role role) {
    request(
        "PUT", of(room) + "/members/" + part(user) + "/role", new RoomRequests.ChangeRole(role));
  }

  public void kick(String room, String user, Optional<String> reason) {
    var path = of(room) + "/members/" + part(user);
    if (reason.isPresent()) request("DELETE", path, new RoomRequests.Kick(reason));
    else request("DELETE", path);
  }

  public Moderating.Mutes mutes(String room) {
    return get(of(room) + "/mutes", Moderating.Mutes.class);
  }

  public void muteMember(String room, String user, Moderating.MuteUser mute) {
    request("PUT", of(room) + "/mutes/" + part(user), mute);
  }

  public void report(String room, Moderating.ReportMessage report) {
    request("POST", of(room) + "/reports", report);
  }

  /// @param state `open` or `handled`
  public Moderating.ReportPage reports(String room, String state, Optional<String> before) {
    return get(
        of(room)
            + "/reports"
            + new Query().with("state", Optional.of(state)).with("before", before),
        Moderating.ReportPage.class);
  }

  public void handleReport(String room, String report, Moderating.HandleReport handled) {
    request("PUT", of(room) + "/reports/" + part(report), handled);
  }

  public void unmuteMember(String room, String user) {
    request("DELETE", of(room) + "/mutes/" + part(user));
  }

  public void askToJoin(String room, Optional<String> text) {
    request("PUT", of(room) + "/join-request", new Joining.AskToJoin(text));
  }

  public void withdrawJoin(String room) {
    request("DELETE", of(room) + "/join-request");
  }

  /// The requests of the user.
  public Joining.OwnJoinRequests ownJoinRequests() {
    return get("/v1/account/join-requests", Joining.OwnJoinRequests.class);
  }

  /// The requests to join a room, for its moderators.
  public Joining.JoinRequests joinRequests(String room) {
    return get(of(room) + "/join-requests", Joining.JoinRequests.class);
  }

  public void decideJoin(String room, String user, Joining.DecideJoin decision) {
    request("PUT", of(room) + "/join-requests/" + part(user), decision);
  }

  public RoomAnswers.Bans bans(String room) {
    return get(of(room) + "/bans", RoomAnswers.Bans.class);
  }

  public void ban(String room, String user, Optional<String> reason) {
    request("PUT", of(room) + "/bans/" + part(user), new RoomRequests.Ban(reason));
  }

  public void unban(String room, String user) {
    request("DELETE", of(room) + "/bans/" + part(user));
  }

  public RoomAnswers.Invitation invite(String room, RoomRequests.Invite body) {
    var path = of(room) + "/invitations";
    return repetition.send(
        path + Json.restText(body),
        id -> ask("POST", path, Optional.of(body.withId(id)), RoomAnswers.Invitation.class));
  }

  public RoomAnswers.Invitations invitations(String room) {
    return get(of(room) + "/invitations", RoomAnswers.Invitations.class);
  }

  public void revoke(String room, String invitation) {
    request("DELETE", of(room) + "/invitations/" + part(invitation));
  }

  public RoomAnswers.InvitationPreview preview(String token) {
    return ask(
        "POST",
        "/v1/invitations/look",
        Optional.of(new RoomRequests.UseInvitation(token)),
        RoomAnswers.InvitationPreview.class);
  }

  public RoomAnswers.Room accept(String token) {
    return ask(
        "POST",
        "/v1/invitations/accept",
        Optional.of(new RoomRequests.UseInvitation(token)),
        RoomAnswers.Room.class);
  }

  public Bots.BotList bots() {
    return get("/v1/bots", Bots.BotList.class);
  }

  public Bots.Bot createBot(String name) {
    return ask("POST", "/v1/bots", Optional.of(new Bots.CreateBot(name)), Bots.Bot.class);
  }

  public void removeBot(String bot) {
    request("DELETE", ofBot(bot));
  }

  public Bots.BotTokenList botTokens(String bot) {
    return get(ofBot(bot) + "/tokens", Bots.BotTokenList.class);
  }

  public Bots.BotToken createBotToken(String bot, Bots.CreateBotToken asked) {
    return ask("POST", ofBot(bot) + "/tokens", Optional.of(asked), Bots.BotToken.class);
  }

  public void endBotToken(String bot, String token) {
    request("DELETE", ofBot(bot) + "/tokens/" + part(token));
  }

  public void addBotToRoom(String bot, String room) {
    request("PUT", ofBot(bot) + "/rooms/" + part(room));
  }

  public void removeBotFromRoom(String bot, String room) {
    request("DELETE", ofBot(bot) + "/rooms/" + part(room));
  }

  private static String ofBot(String bot) {
    return "/v1/bots/" + part(bot);
  }

  public InboundHooks.InboundHookList inboundHooks(String room) {
    return get(of(room) + "/inbound", InboundHooks.InboundHookList.class);
  }

  public InboundHooks.InboundHook createInboundHook(String room, String name) {
    return ask(
        "POST",
        of(room) + "/inbound",
        Optional.of(new InboundHooks.CreateInboundHook(name)),
        InboundHooks.InboundHook.class);
  }

  public void removeInboundHook(String room, String hook) {
    request("DELETE", of(room) + "/inbound/" + part(hook));
  }

  /// The address to which a program sends its messages.
  public URI addressOf(InboundHooks.InboundHook hook) {
    return http.address("/v1/hooks/" + part(hook.token().orElseThrow()));
  }

  public RoomAnswers.EntryPage entries(
      String room, OptionalLong before, OptionalLong after, OptionalInt limit) {
    var asked =
        new Query()
            .with("before", before.stream().mapToObj(String::valueOf).findFirst())
            .with("after", after.stream().mapToObj(String::valueOf).findFirst())
            .with("limit", limit.stream().mapToObj(String::valueOf).findFirst());
    return get(of(room) + "/entries" + asked, RoomAnswers.EntryPage.class);
  }

  /// Messages in all rooms of the user.
  ///
  /// @param before the end of the previous page
  public Searches.SearchPage search(String query, ZoneId zone, Optional<String> before, int limit) {
    var asked =
        new Query()
            .with("q", Optional.of(query.replaceAll("\\p{Cntrl}", " ")))
            .with("zone", Optional.of(zone.getId()))
            .with("before", before)
            .with("limit", Optional.of(String.valueOf(limit)));
    return get("/v1/search" + asked, Searches.SearchPage.class);
  }

  public RoomAnswers.Versions versions(String room, long seq) {
    return get(of(room) + "/entries/" + seq + "/versions", RoomAnswers.Versions.class);
  }

  <T> T get(String path, Class<T> type) {
    return ask("GET", path, Optional.empty(), type);
  }

  void request(String method, String path) {
    send(method, path, Optional.empty());
  }

  void request(String method, String path, Record body) {
    send(method, path, Optional.of(Json.restText(body)));
  }

  <T> T ask(String method, String path, Optional<Record> body, Class<T> type) {
    try {
      return Json.rest(send(method, path, body.map(Json::restText)), type);
    } catch (Malformed notOurs) {
      throw new Unreachable("The server's answer does not follow the Kith protocol.");
    }
  }

  Features features() {
    return new Features(description().map(ServerDescription::features));
  }

  /// Absent if the server does not describe itself.
  public Optional<ServerDescription> description() {
    try {
      var server = http.ask("GET", "/v1/server", Optional.empty(), Optional.empty());
      return Optional.of(Json.rest(server, ServerDescription.class));
    } catch (Refused | Malformed unknown) {
      return Optional.empty();
    }
  }

  /// If the server does not have a path, it may lack the feature of that path.
  private String send(String method, String path, Optional<String> body) {
    try {
      return authenticated(method, path, body);
    } catch (Refused refused) {
      var feature = refused.is(Code.NOT_FOUND) ? Features.ofPath(path) : Optional.<String>empty();
      if (feature.isPresent() && !features().has(feature.get()))
        throw Features.refusal(feature.get());
      throw refused;
    }
  }

  private String authenticated(String method, String path, Optional<String> body) {
    try {
      return http.ask(method, path, body, Optional.of(token(false)));
    } catch (Refused refused) {
      if (!refused.is(Code.UNAUTHENTICATED)) throw refused;
      return http.ask(method, path, body, Optional.of(token(true)));
    }
  }

  String token(boolean refused) {
    return switch (tokens.token(refused)) {
      case TokenSource.Token(var text) -> text;
      case TokenSource.LogInAgain(var code, var message) ->
          throw new Refused(401, code, message, OptionalLong.empty());
      case TokenSource.NotNow(var reason) -> throw new Unreachable(reason);
    };
  }

  static String of(String room) {
    return "/v1/rooms/" + part(room);
  }

  static String part(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /// The query string of a URL.
  private static final class Query {
    private final StringBuilder text = new StringBuilder();

    Query with(String name, Optional<String> value) {
      value.ifPresent(
          it -> text.append(text.isEmpty() ? '?' : '&').append(name).append('=').append(part(it)));
      return this;
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
