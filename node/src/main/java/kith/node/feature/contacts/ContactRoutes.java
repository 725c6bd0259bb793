package kith.node.feature.contacts;

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
import java.util.function.Function;
import kith.node.auth.Tokens.Access;
import kith.node.core.account.Account;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.Accounts;
import kith.node.feature.contacts.ContactEntry.Kind;
import kith.node.gateway.http.AccountReplies;
import kith.node.gateway.http.Authenticated;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Problems;
import kith.node.gateway.http.RoomReplies;
import kith.protocol.Code;
import kith.protocol.Lengths;
import kith.protocol.rest.People.Contact;
import kith.protocol.rest.People.Contacts;
import kith.protocol.rest.People.WantContact;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/// The contacts of an account, and its requests.
public final class ContactRoutes {
  private final Accounts accounts;
  private final Authenticated authenticated;
  private final Bodies bodies;

  public ContactRoutes(Accounts accounts, Authenticated authenticated, Bodies bodies) {
    this.accounts = accounts;
    this.authenticated = authenticated;
    this.bodies = bodies;
  }

  public Route route() {
    return pathPrefix(
        "v1",
        () ->
            concat(
                path("contacts", () -> get(() -> authenticated.caller(this::list))),
                path(segment("contacts").slash(segment()), this::contact)));
  }

  private Route list(Access caller) {
    return onSuccess(
        accounts.askAgain(caller.user(), AccountContacts.Ask::new),
        found -> complete(found.map(ContactRoutes::json).orElseGet(ContactRoutes::unavailable)));
  }

  private static HttpResponse unavailable() {
    return Problems.response(Code.UNAVAILABLE);
  }

  private static HttpResponse json(AccountContacts.Contacts all) {
    var people = all.people();
    return Bodies.json(
        200,
        new Contacts(
            contacts(people, Kind.CONTACT),
            contacts(people, Kind.INCOMING),
            contacts(people, Kind.OUTGOING)));
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
                    AccountReplies.other(
                        accounts,
                        caller,
                        user,
                        name ->
                            done(
                                caller,
                                replyTo ->
                                    new AccountContacts.Want(name, asked.note(), replyTo)))));
  }

  private static Optional<String> firstWrong(WantContact asked) {
    return asked
        .note()
        .filter(note -> !Lengths.isWithin(note, Lengths.VERSION_1.note()))
        .map(_ -> "note");
  }

  private Route end(Access caller, String user) {
    return RoomReplies.user(
        user, name -> done(caller, replyTo -> new AccountContacts.End(name, replyTo)));
  }

  private Route done(Access caller, Function<ActorRef<Answer>, Account.Command> command) {
    return AccountReplies.done(accounts.ask(caller.user(), command, Account.Refused.UNAVAILABLE));
  }
}
