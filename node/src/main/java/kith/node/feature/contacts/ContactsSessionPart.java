package kith.node.feature.contacts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kith.node.core.account.Account;
import kith.node.core.session.Outbound;
import kith.node.core.session.Session;
import kith.node.core.session.SessionHost;
import kith.node.core.session.SessionPart;
import kith.node.feature.contacts.ContactEntry.Kind;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.People.Contact;
import org.apache.pekko.actor.typed.ActorRef;

/// Sends a client its account's contacts, and each change of them.
///
/// While the socket is blocked, only the latest state of each contact is kept.
public final class ContactsSessionPart
    implements SessionPart.WithCommands<ContactsSessionPart.Command> {

  sealed interface Command extends Session.PartCommand {}

  private record FromContacts(AccountContacts.Contacts changes) implements Command {}

  /// The session part of this feature.
  public record Factory() implements SessionPart.Factory {
    @Override
    public SessionPart create(SessionHost host, ClientFrame.Hello hello) {
      return new ContactsSessionPart(host, hello.inbox().orElse(false));
    }

    @Override
    public Optional<Class<? extends Session.PartCommand>> commands() {
      return Optional.of(Command.class);
    }
  }

  private final SessionHost host;
  private final boolean isWanted;
  private final ActorRef<AccountContacts.Contacts> fromContacts;
  private final Map<String, ContactEntry> unsent = new LinkedHashMap<>();

  /// The next frame replaces all contacts that the client knows.
  private boolean isWhole;

  private ContactsSessionPart(SessionHost host, boolean isWanted) {
    this.host = host;
    this.isWanted = isWanted;
    this.fromContacts =
        host.context().messageAdapter(AccountContacts.Contacts.class, FromContacts::new);
  }

  @Override
  public void begin(Account.Attached attached) {
    follow();
  }

  @Override
  public void accountChanged(Account.Attached attached) {
    follow();
  }

  private void follow() {
    if (isWanted) host.account().tell(new AccountContacts.Follow(fromContacts));
  }

  @Override
  public void on(Command command) {
    switch (command) {
      case FromContacts(var changes) -> onContacts(changes);
    }
  }

  private void onContacts(AccountContacts.Contacts changes) {
    if (changes.whole()) unsent.clear();
    isWhole |= changes.whole();
    for (var one : changes.people()) unsent.put(one.user(), one);
    drained();
  }

  @Override
  public void drained() {
    host.outbound().sendWhile(() -> isWhole || !unsent.isEmpty(), this::next);
  }

  private ServerFrame next() {
    var sent = unsent.values().stream().limit(Outbound.MOST_ROWS).toList();
    sent.forEach(it -> unsent.remove(it.user()));
    var isFirst = isWhole;
    isWhole = false;
    return new ServerFrame.Contacts(
        contacts(sent, Kind.CONTACT),
        contacts(sent, Kind.INCOMING),
        contacts(sent, Kind.OUTGOING),
        sent.stream().filter(it -> it.kind() == Kind.NONE).map(ContactEntry::user).toList(),
        isFirst);
  }

  private static List<Contact> contacts(List<ContactEntry> entries, Kind kind) {
    return entries.stream()
        .filter(it -> it.kind() == kind)
        .map(it -> new Contact(it.user(), it.note(), it.since()))
        .toList();
  }
}
