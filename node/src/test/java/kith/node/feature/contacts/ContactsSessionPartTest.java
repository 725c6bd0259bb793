package kith.node.feature.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import kith.node.core.account.Account;
import kith.node.core.account.Page;
import kith.node.core.session.SessionFeatures;
import kith.node.core.session.SessionFixture;
import kith.node.core.session.SessionPart;
import kith.node.feature.contacts.AccountContacts.Contacts;
import kith.node.feature.contacts.ContactEntry.Kind;
import kith.node.privacy.PrivacyPolicy;
import kith.node.privacy.Relations;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.People.Contact;
import org.junit.jupiter.api.Test;

/// The contacts that a session receives from its account.
class ContactsSessionPartTest extends SessionFixture {
  /// The relations after each change.
  private final List<Set<String>> contacts = new CopyOnWriteArrayList<>();

  @Override
  protected SessionFeatures features() {
    SessionPart.Factory observer =
        (_, _) ->
            new SessionPart() {
              @Override
              public void relationsChanged(Relations before, Relations now) {
                contacts.add(now.contacts());
              }
            };
    return new SessionFeatures(
        List.of(), List.of(observer, new ContactsSessionPart.Factory()), List.of());
  }

  @Test
  void aLiveClientGetsAllContactsAndTheirChanges() {
    sends(new ClientFrame.Hello(Optional.of("good"), Map.of(), Optional.of(true)));
    var attaching = attaches();

    attaching.replyTo().tell(answer(1, "bob"));
    attaching.replyTo().tell(answer(2, "cem"));

    socket.expect(ServerFrame.Welcome.class);
    var all = socket.expect(ServerFrame.Contacts.class);
    assertThat(all.contacts()).extracting(Contact::user).containsExactly("bob", "cem");
    assertThat(all.whole()).isTrue();

    attaching.replyTo().tell(new Contacts(List.of(entry("bob", Kind.NONE)), false));

    var change = socket.expect(ServerFrame.Contacts.class);
    assertThat(change.removed()).containsExactly("bob");
    assertThat(change.whole()).isFalse();
    assertThat(contacts).containsExactly(Set.of("cem"));
  }

  @Test
  void otherPartsKnowTheContactsWithoutLiveViews() {
    var attaching = signsIn();

    attaching.replyTo().tell(new Contacts(List.of(entry("dan", Kind.CONTACT)), false));
    nothingElseIsSent();

    assertThat(contacts).containsExactly(Set.of("dan"));
  }

  @Test
  void anAccountThatMovedReplacesAllContacts() {
    var attaching = signsIn();
    attaching.replyTo().tell(new Contacts(List.of(entry("dan", Kind.CONTACT)), false));

    attaching.replyTo().tell(answer(1, "bob"));
    attaching.replyTo().tell(answer(2, "cem"));
    settled();

    assertThat(contacts).containsExactly(Set.of("dan"), Set.of("bob", "cem"));
  }

  private Account.Attached answer(int page, String contact) {
    return new Account.Attached(
        new Page(page, 2),
        account.ref(),
        PrivacyPolicy.OPEN,
        List.of(),
        Set.of(),
        List.of(new Contacts(List.of(entry(contact, Kind.CONTACT)), true)));
  }

  private static ContactEntry entry(String user, Kind kind) {
    return new ContactEntry(user, kind, Optional.empty(), NOW);
  }
}
