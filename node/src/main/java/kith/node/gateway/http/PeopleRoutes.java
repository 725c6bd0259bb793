package kith.node.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.delete;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.put;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import kith.node.auth.Tokens.Access;
import kith.node.core.account.Account;
import kith.node.core.account.Accounts;
import kith.node.core.account.UserName;
import kith.node.core.room.Rooms;
import kith.node.feature.contacts.ContactEntry;
import kith.node.feature.contacts.ContactEntry.Kind;
import kith.node.feature.conversations.Conversations;
import kith.node.privacy.Relations;
import kith.protocol.Code;
import kith.protocol.rest.People.Blocked;
import kith.protocol.rest.People.Contact;
import kith.protocol.rest.People.Contacts;
import kith.protocol.rest.People.WantContact;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/// What one account has to do with another.
public final class PeopleRoutes {
  private static final int LONGEST_NOTE = 200;

  private final Accounts accounts;
  private final Authenticated authenticated;
  private final Bodies bodies;
  private final RoomReplies replies;

  public PeopleRoutes(Accounts accounts, Rooms rooms, Authenticated authenticated, Bodies bodies) {
    this.accounts = accounts;
    this.authenticated = authenticated;
    this.bodies = bodies;
    this.replies = new RoomReplies(rooms);
  }

  public Route route() {
    return pathPrefix(
        "v1",
        () ->
            concat(
                path("contacts", () -> get(() -> authenticated.caller(this::contacts))),
                path(segment("contacts").slash(segment()), this::contact),
                path(
                    segment("users").slash(segment()).slash("conversation"),
                    user -> put(() -> authenticated.caller(caller -> converse(caller, user)))),
                pathPrefix(
                    "account",
                    () ->
                        concat(
                            path("blocked", () -> get(() -> authenticated.caller(this::blocked))),
                            path(segment("blocked").slash(segment()), this::blocked)))));
  }

  private Route converse(Access caller, String user) {
    return other(
        caller,
        user,
        with -> {
          var room = Conversations.id(caller.user(), with);
          return RoomRoutes.after(
              accounts.converse(caller.user(), room, with),
              () -> replies.described(caller, room, 200));
        });
  }

  private Route contacts(Access caller) {
    return onSuccess(
        accounts.contacts(caller.user()),
        reply ->
            switch (reply) {
              case Account.ContactsAre(var people, _) ->
                  complete(Bodies.json(200, contacts(people)));
              case Account.Refused(var code, var wait) -> complete(Problems.response(code, wait));
            });
  }

  private static Contacts contacts(List<ContactEntry> people) {
    return new Contacts(
        contacts(people, Kind.CONTACT),
        contacts(people, Kind.INCOMING),
        contacts(people, Kind.OUTGOING));
  }

  private static List<Contact> contacts(List<ContactEntry> people, Kind kind) {
    return people.stream()
        .filter(it -> it.kind() == kind)
        .sorted(Comparator.comparing(ContactEntry::user))
        .map(it -> new Contact(it.user(), it.note(), it.since()))
        .toList();
  }

  private Route contact(String user) {
    return concat(
        put(() -> authenticated.caller(caller -> want(caller, user))),
        delete(() -> authenticated.caller(caller -> end(caller, user))));
  }

  private Route want(Access caller, String user) {
    return bodies.readOptional(
        WantContact.class,
        asked ->
            RoomReplies.checked(
                firstWrong(asked),
                () ->
                    other(
                        caller,
                        user,
                        name -> done(accounts.want(caller.user(), name, asked.note())))));
  }

  private static Optional<String> firstWrong(WantContact asked) {
    return asked.note().filter(it -> it.codePointCount(0, it.length()) > LONGEST_NOTE).isPresent()
        ? Optional.of("note")
        : Optional.empty();
  }

  private Route end(Access caller, String user) {
    return RoomReplies.user(user, name -> done(accounts.end(caller.user(), name)));
  }

  private static Route done(CompletionStage<Account.Answer> answer) {
    return RoomRoutes.after(answer, () -> complete(HttpResponse.create().withStatus(204)));
  }

  private Route blocked(Access caller) {
    return onSuccess(
        accounts.read(caller.user()),
        reply ->
            switch (reply) {
              case Account.View view -> complete(Bodies.json(200, blocked(view)));
              case Account.Refused(var code, var wait) -> complete(Problems.response(code, wait));
            });
  }

  private static Blocked blocked(Account.View view) {
    return new Blocked(view.circle().orElse(Relations.EMPTY).blocked().stream().sorted().toList());
  }

  private Route blocked(String user) {
    return concat(
        put(() -> authenticated.caller(caller -> block(caller, user, true))),
        delete(() -> authenticated.caller(caller -> block(caller, user, false))));
  }

  /// Nobody need be there to be blocked.
  private Route block(Access caller, String user, boolean blocked) {
    return RoomReplies.user(
        user,
        name ->
            name.equals(caller.user())
                ? AccountRoutes.wrongField("user")
                : done(accounts.block(caller.user(), name, blocked)));
  }

  /// Goes on with somebody else who has an account.
  private Route other(Access caller, String user, Function<String, Route> inner) {
    var name = UserName.of(user);
    if (name.isEmpty()) return Problems.route(Code.UNKNOWN_USER);
    if (name.get().text().equals(caller.user())) return AccountRoutes.wrongField("user");
    return onSuccess(
        accounts.read(name.get().text()),
        reply ->
            switch (reply) {
              case Account.View _ -> inner.apply(name.get().text());
              case Account.Refused(var code, _) -> Problems.route(code);
            });
  }
}
