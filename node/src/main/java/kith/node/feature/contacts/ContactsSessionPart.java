package kith.node.feature.contacts;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kith.node.core.account.Account;
import kith.node.core.session.SessionHost;
import kith.node.core.session.SessionPart;
import kith.node.feature.contacts.ContactEntry.Kind;
import kith.node.platform.config.Portions;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.People.Contact;

/// Keeps the names of its account's contacts for the session, and sends its client the contacts and
/// each change of them, if the client asked for live views.
///
/// While the socket is blocked, only the latest state of each contact is kept.
public final class ContactsSessionPart implements SessionPart {

  /// The session part of this feature.
  public record Factory() implements SessionPart.Factory {
    @Override
    public SessionPart create(SessionHost host, ClientFrame.Hello hello) {
      return new ContactsSessionPart(host);
    }
  }

  private final SessionHost host;
  private Set<String> contacts = Set.of();
  private final Map<String, ContactEntry> unsent = new LinkedHashMap<>();

  /// The next frame replaces all contacts that the client knows.
  private boolean isWhole;

  private ContactsSessionPart(SessionHost host) {
    this.host = host;
  }

  @Override
  public void begin(Account.Attached attached) {
    contacts = Set.of();
    unsent.clear();
    isWhole = host.isLive();
    attached.words(AccountContacts.Contacts.class).forEach(this::add);
    host.contactsAre(contacts);
    drained();
  }

  @Override
  public void accountChanged(Account.Attached attached) {
    begin(attached);
  }

  @Override
  public void fromAccount(Account.PartWord word) {
    if (!(word instanceof AccountContacts.Contacts changes)) return;
    add(changes);
    host.contactsAre(contacts);
    drained();
  }

  private void add(AccountContacts.Contacts changes) {
    var changed = new HashSet<>(contacts);
    for (var one : changes.people()) {
      if (one.kind() == Kind.CONTACT) changed.add(one.user());
      else changed.remove(one.user());
      if (host.isLive()) unsent.put(one.user(), one);
    }
    contacts = Set.copyOf(changed);
  }

  @Override
  public void drained() {
    host.outbound().sendWhile(() -> isWhole || !unsent.isEmpty(), this::next);
  }

  private ServerFrame next() {
    var sent = unsent.values().stream().limit(Portions.LIST_ROWS).toList();
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
