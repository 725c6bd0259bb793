package kith.node.feature.contacts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kith.node.core.account.Account;
import kith.node.core.session.Outbound;
import kith.node.core.session.Session;
import kith.node.feature.contacts.ContactEntry.Kind;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.People.Contact;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/// What the client does not know yet of its account's contacts; it is told as the socket takes it.
public final class SessionContacts {
  private final Outbound outbound;
  private final boolean isWanted;
  private final ActorRef<AccountContacts.Contacts> ears;
  private final Map<String, ContactEntry> untold = new LinkedHashMap<>();
  private boolean isWhole;

  public SessionContacts(
      ActorContext<Session.Command> context, Outbound outbound, boolean isWanted) {
    this.outbound = outbound;
    this.isWanted = isWanted;
    this.ears = context.messageAdapter(AccountContacts.Contacts.class, Session.FromContacts::new);
  }

  /// Also when the account lives elsewhere now.
  public void follow(ActorRef<Account.Command> account) {
    if (isWanted) account.tell(new AccountContacts.Follow(ears));
  }

  public void on(AccountContacts.Contacts word) {
    if (word.whole()) untold.clear();
    isWhole |= word.whole();
    for (var one : word.people()) untold.put(one.user(), one);
    tell();
  }

  /// As far as the socket takes it.
  public void tell() {
    outbound.sayWhile(() -> isWhole || !untold.isEmpty(), this::next);
  }

  private ServerFrame next() {
    var told = untold.values().stream().limit(Outbound.MOST_ROWS).toList();
    told.forEach(it -> untold.remove(it.user()));
    var isFirst = isWhole;
    isWhole = false;
    return new ServerFrame.Contacts(
        contacts(told, Kind.CONTACT),
        contacts(told, Kind.INCOMING),
        contacts(told, Kind.OUTGOING),
        told.stream().filter(it -> it.kind() == Kind.NONE).map(ContactEntry::user).toList(),
        isFirst);
  }

  private static List<Contact> contacts(List<ContactEntry> told, Kind kind) {
    return told.stream()
        .filter(it -> it.kind() == kind)
        .map(it -> new Contact(it.user(), it.note(), it.since()))
        .toList();
  }
}
