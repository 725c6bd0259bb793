package kith.node.story;

import kith.node.person.Person;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Stories of four people who share a room.
abstract class ModerationStory {
  @RegisterExtension static final SharedNode NODE = ModerationCast.NODE;

  ModerationCast cast;
  Person ann;
  Person mo;
  Person bob;
  Person eve;
  String room;

  @BeforeEach
  void fourPeopleShareARoom() {
    cast = new ModerationCast();
    ann = cast.ann();
    mo = cast.mo();
    bob = cast.bob();
    eve = cast.eve();
    room = cast.room();
  }

  @AfterEach
  void close() {
    cast.close();
  }
}
