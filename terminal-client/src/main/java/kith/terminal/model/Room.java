package kith.terminal.model;

import java.util.List;
import kith.protocol.rest.RoomAnswers;

/// A room as this client knows it.
///
/// @param own posts without an entry yet, oldest first
/// @param draft what was typed here and not sent
public record Room(
    String id,
    String name,
    String topic,
    Timeline log,
    Reading reading,
    List<RoomAnswers.Member> members,
    List<Own> own,
    Editor draft) {
  public static final int MOST_MEMBERS = 1_000;

  public Room {
    members = List.copyOf(members);
    own = List.copyOf(own);
  }

  public static Room of(RoomAnswers.Room answer, long read) {
    long end = answer.lastSeq().orElse(0L);
    return new Room(
        answer.room(),
        answer.title(),
        answer.topic(),
        Timeline.endingAt(end),
        Reading.of(Math.min(read, end), end),
        List.of(),
        List.of(),
        Editor.empty());
  }

  public Room named(String newName, String newTopic) {
    return new Room(id, newName, newTopic, log, reading, members, own, draft);
  }

  public Room with(Timeline newLog) {
    return new Room(id, name, topic, newLog, reading, members, own, draft);
  }

  public Room with(Reading newReading) {
    return new Room(id, name, topic, log, newReading, members, own, draft);
  }

  public Room withMembers(List<RoomAnswers.Member> newMembers) {
    return new Room(id, name, topic, log, reading, newMembers, own, draft);
  }

  public Room withOwn(List<Own> newOwn) {
    return new Room(id, name, topic, log, reading, members, newOwn, draft);
  }

  public Room with(Editor newDraft) {
    return new Room(id, name, topic, log, reading, members, own, newDraft);
  }
}
