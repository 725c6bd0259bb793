package kith.node.person;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.People;
import kith.protocol.rest.People.Contact;

/// Contacts and requests.
public final class LiveContacts extends LiveView<LiveContacts.Lists> {

  /// Each user is in at most one list.
  public record Lists(
      Map<String, Contact> contacts, Map<String, Contact> incoming, Map<String, Contact> outgoing) {
    private static final Lists EMPTY = new Lists(Map.of(), Map.of(), Map.of());

    /// The names in the three lists.
    public boolean names(Set<String> contacts, Set<String> incoming, Set<String> outgoing) {
      return contacts().keySet().equals(contacts)
          && incoming().keySet().equals(incoming)
          && outgoing().keySet().equals(outgoing);
    }
  }

  @Override
  Lists empty() {
    return Lists.EMPTY;
  }

  @Override
  Lists with(Lists lists, ServerFrame frame) {
    if (!(frame instanceof ServerFrame.Contacts change)) return lists;
    var before = change.whole() ? Lists.EMPTY : lists;
    return new Lists(
        changed(before.contacts(), change, change.contacts()),
        changed(before.incoming(), change, change.incoming()),
        changed(before.outgoing(), change, change.outgoing()));
  }

  private static Map<String, Contact> changed(
      Map<String, Contact> list, ServerFrame.Contacts change, List<Contact> added) {
    var after = new TreeMap<>(list);
    for (var some : List.of(change.contacts(), change.incoming(), change.outgoing()))
      for (var contact : some) after.remove(contact.user());
    change.removed().forEach(after::remove);
    for (var contact : added) after.put(contact.user(), contact);
    return after;
  }

  @Override
  Asking<Lists> asks(Person who) {
    return () -> {
      var all = who.rest().get("/v1/contacts").as(People.Contacts.class);
      return with(
          Lists.EMPTY,
          new ServerFrame.Contacts(
              all.contacts(), all.incoming(), all.outgoing(), List.of(), true));
    };
  }
}
