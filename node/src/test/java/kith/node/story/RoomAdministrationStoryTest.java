package kith.node.story;

import static kith.node.story.AdministrationCast.awaits;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalLong;
import kith.node.person.Rest;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.RoomRequests;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What administrators do to rooms of which they are no members, and the list of all rooms.
@Tag("story")
class RoomAdministrationStoryTest extends AdministrationStory {
  @Test
  void aRoomWithoutAUsableOwnerIsFoundAndTakenOver() {
    var ann = cast.signsUp("ann");
    var bob = cast.signsUp("bob");
    var cyd = cast.signsUp("cyd");
    var room = ann.makesRoom("den of " + ann.name(), Visibility.PUBLIC);
    bob.joins(room);
    awaits(() -> cast.admin("rooms", room, "--json"), it -> it.contains("\"members\":2"));
    // until the list of accounts has the owner
    awaits(() -> cast.admin("rooms", room, "--orphaned", "--json"), String::isEmpty);

    cast.admin("disable", ann.name());

    var listed =
        awaits(() -> cast.admin("rooms", "--orphaned", "--json", room), it -> it.contains(room));
    assertThat(listed).contains("\"orphaned\":true", "\"entries\":2", "\"fileBytes\":0");
    assertThat(cast.run("take-over", room, cyd.name()).err()).contains("not a member");
    cast.admin("take-over", "den of " + ann.name(), bob.name());
    awaits(
        () -> cast.admin("rooms", room), it -> it.contains("(" + ann.name() + ", " + bob.name()));
    assertThat(bob.rest().get("/v1/rooms/" + room).field("role")).isEqualTo("owner");
    assertThat(bob.history(room))
        .anyMatch(
            it -> it instanceof Entry.RoleChanged changed && changed.by().equals("@operator"));
    assertThat(cast.admin("audit", "--room", room)).contains("admin-room-owner");
  }

  @Test
  void anAdministratorDeletesARoomButNoConversation() {
    var ann = cast.signsUp("ann");
    var bob = cast.signsUp("bob");
    var room = ann.makesRoom("den of " + ann.name(), Visibility.PRIVATE);
    var conversation = ann.talksTo(bob.name());
    awaits(() -> cast.admin("rooms"), it -> it.contains(room));

    assertThat(cast.admin("rooms")).doesNotContain(conversation);
    assertThat(
            owner
                .rest()
                .send("DELETE", "/v1/admin/rooms/" + conversation, Optional.empty())
                .refusal())
        .isEqualTo("404 unknown-room");
    assertThat(owner.rest().get("/v1/rooms/" + room).refusal()).isEqualTo("404 unknown-room");
    assertThat(cast.run("delete-room", room).err()).contains("--yes");
    cast.admin("delete-room", room, "--yes");

    assertThat(ann.rest().get("/v1/rooms/" + room).refusal()).isEqualTo("404 unknown-room");
    awaits(() -> cast.admin("rooms"), it -> !it.contains(room));
  }

  @Test
  void anArchivedRoomIsReadAndNotChanged() {
    var ann = cast.signsUp("ann");
    var bob = cast.signsUp("bob");
    var eve = cast.signsUp("eve");
    var name = "hall of " + ann.name();
    var room = ann.makesRoom(name, Visibility.PUBLIC);
    var path = "/v1/rooms/" + room;
    bob.joins(room);
    bob.connectsWithInbox();
    bob.opens(room, 0);
    var seq = bob.says(room, "kept words").seq();
    assertThat(
            ann.rest()
                .send("PATCH", path, Optional.of("{\"moderation\":{\"archived\":true}}"))
                .refusal())
        .isEqualTo("403 not-allowed");
    assertThat(ann.rest().send("PUT", "/v1/admin/rooms/" + room + "/archived", Optional.empty()))
        .returns("403 not-allowed", Rest.Answer::refusal);

    cast.admin("archive-room", name);

    bob.seesEntry(
        room,
        it ->
            it instanceof Entry.SettingsChanged change
                && change.by().equals("@operator")
                && change.moderation().equals(Optional.of(RoomRequests.Moderation.archiving(true))),
        "the archiving");
    bob.hears(
        ServerFrame.Inbox.class,
        it -> it.rooms().stream().anyMatch(row -> row.archived().equals(Optional.of(true))));
    bob.says(new ClientFrame.Send("m1", room, "hi", OptionalLong.empty()));
    assertThat(bob.isRefused("m1").code()).isEqualTo("room-archived");
    bob.says(new ClientFrame.React("m2", room, seq, "👍", Optional.empty()));
    assertThat(bob.isRefused("m2").code()).isEqualTo("room-archived");
    assertThat(
            eve.rest()
                .post(
                    path + "/join", new RoomRequests.JoinRoom(Optional.empty(), Optional.empty())))
        .returns("403 room-archived", Rest.Answer::refusal);
    assertThat(ann.rest().send("PATCH", path, Optional.of("{\"topic\":\"new\"}")).refusal())
        .isEqualTo("403 room-archived");
    assertThat(ann.rest().send("DELETE", path, Optional.empty()).refusal())
        .isEqualTo("403 room-archived");
    awaits(() -> eve.rest().get("/v1/rooms?query=" + ann.name()).body(), it -> !it.contains(room));
    assertThat(cast.admin("rooms", room)).contains("archived");
    assertThat(bob.history(room)).anyMatch(it -> it.toString().contains("kept words"));
    awaits(() -> bob.rest().get("/v1/search?q=kept").body(), it -> it.contains("kept words"));
    var phone = bob.onAnotherDevice();
    phone.connectsWithInbox();
    assertThat(phone.inboxOverRest())
        .anyMatch(row -> row.room().equals(room) && row.archived().equals(Optional.of(true)));

    cast.admin("unarchive-room", room);

    eve.joins(room);
    bob.says(room, "again");
    awaits(() -> eve.rest().get("/v1/rooms?query=" + ann.name()).body(), it -> it.contains(room));
    assertThat(cast.admin("audit", "--room", room))
        .contains("admin-room-archive", "admin-room-unarchive");
    phone.close();
    bob.close();
  }

  @Test
  void roomsAreListedInPages() {
    for (var i = 0; i < 3; i++) owner.makesRoom("paged " + i, Visibility.PRIVATE);
    awaits(() -> cast.admin("rooms", "paged", "--json"), it -> it.lines().count() == 3);

    var first = owner.rest().get("/v1/admin/rooms?query=paged&limit=2");
    assertThat(first.list("rooms")).hasSize(2);
    assertThat(
            owner
                .rest()
                .get("/v1/admin/rooms?query=paged&limit=2&after=" + first.field("next"))
                .list("rooms"))
        .hasSize(1);
    assertThat(cast.admin("rooms", "paged", "--limit", "1", "--json").lines()).hasSize(1);
  }
}
