package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import kith.node.person.Person;
import kith.node.person.Rest;
import kith.protocol.Code;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.People;
import kith.protocol.rest.People.Contact;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Two users on two nodes become contacts and remove each other.
@Tag("story")
class ContactStoryTest {
  @RegisterExtension static final TwoNodes NODES = TwoNodes.start();

  @Test
  void aContactRequestIsReceivedAndAccepted() {
    var ann = Person.signsUp(NODES.here().uri("/"), "ann");
    var bob = Person.signsUp(NODES.there().uri("/"), "bob");
    bob.connectsWithInbox();
    assertThat(bob.hears(ServerFrame.Contacts.class, ServerFrame.Contacts::whole).incoming())
        .isEmpty();

    wants(ann, "bob", "{\"note\":\"from school\"}");

    bob.hears(ServerFrame.Contacts.class, it -> names(it.incoming(), "ann"));
    assertThat(contacts(ann).outgoing())
        .singleElement()
        .satisfies(it -> assertThat(it.note()).hasValue("from school"));

    wants(bob, "ann", "{}");

    bob.hears(ServerFrame.Contacts.class, it -> names(it.contacts(), "ann"));
    assertThat(contacts(bob).contacts().getFirst().note()).isEmpty();
    ann.connectsWithInbox();
    ann.hears(ServerFrame.Contacts.class, it -> names(it.contacts(), "bob"));

    ann.rest().send("DELETE", "/v1/contacts/bob", Optional.empty());

    bob.hears(ServerFrame.Contacts.class, it -> it.removed().contains("ann"));
    assertThat(contacts(ann).contacts()).isEmpty();
    ann.close();
    bob.close();
  }

  @Test
  void twoUsersWhoAskEachOtherAtTheSameTimeAreContacts() {
    var ann = Person.signsUp(NODES.here().uri("/"), "ann1");
    var bob = Person.signsUp(NODES.there().uri("/"), "bob1");
    ann.connectsWithInbox();
    bob.connectsWithInbox();

    CompletableFuture.allOf(
            CompletableFuture.runAsync(() -> wants(ann, "bob1", "{}")),
            CompletableFuture.runAsync(() -> wants(bob, "ann1", "{}")))
        .join();

    ann.hears(ServerFrame.Contacts.class, it -> names(it.contacts(), "bob1"));
    bob.hears(ServerFrame.Contacts.class, it -> names(it.contacts(), "ann1"));
    ann.close();
    bob.close();
  }

  @Test
  void aRequestOfABlockedUserIsHiddenUntilTheUserIsUnblocked() {
    var ann = Person.signsUp(NODES.here().uri("/"), "ann2");
    var eve = Person.signsUp(NODES.there().uri("/"), "eve2");
    ann.rest().send("PUT", "/v1/account/blocked/eve2", Optional.empty());
    ann.connectsWithInbox();

    wants(eve, "ann2", "{}");

    assertThat(contacts(eve).outgoing()).extracting(Contact::user).containsExactly("ann2");
    assertThat(contacts(ann).incoming()).isEmpty();

    ann.rest().send("DELETE", "/v1/account/blocked/eve2", Optional.empty());

    ann.hears(ServerFrame.Contacts.class, it -> names(it.incoming(), "eve2"));
    ann.close();
  }

  @Test
  void unknownUsersAndTheUserItselfCannotBeContacts() {
    var ann = Person.signsUp(NODES.here().uri("/"), "ann3");

    assertThat(asks(ann, "no-such-user").code()).isEqualTo(Code.UNKNOWN_USER);
    assertThat(asks(ann, "ann3").code()).isEqualTo(Code.BAD_FIELD);
    assertThat(ann.rest().send("DELETE", "/v1/contacts/no-such-user", Optional.empty()).status())
        .isEqualTo(204);
  }

  private static Rest.Answer asks(Person who, String whom) {
    return who.rest().send("PUT", "/v1/contacts/" + whom, Optional.of("{}"));
  }

  private static void wants(Person who, String whom, String body) {
    var answer = who.rest().send("PUT", "/v1/contacts/" + whom, Optional.of(body));
    assertThat(answer.status()).isEqualTo(204);
  }

  private static People.Contacts contacts(Person who) {
    return who.rest().get("/v1/contacts").as(People.Contacts.class);
  }

  private static boolean names(List<Contact> some, String user) {
    return some.stream().anyMatch(it -> it.user().equals(user));
  }
}
