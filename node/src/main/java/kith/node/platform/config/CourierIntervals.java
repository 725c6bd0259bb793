package kith.node.platform.config;

import java.time.Duration;

/// The intervals of deliveries to receivers outside the cluster. See [Intervals].
public final class CourierIntervals {
  private CourierIntervals() {}

  /// The time before the second attempt of a delivery at most; then the limit doubles.
  public static final Duration FIRST_DELIVERY_RETRY = Duration.ofSeconds(2);

  /// The longest time between two attempts of a delivery, also if the receiver asks for more.
  public static final Duration RAREST_DELIVERY = Duration.ofMinutes(10);

  /// A courier sends one entry after the other for this long, and then stores its position and
  /// checks the rights of the creator again. A crash repeats at most the entries of this time and
  /// one request.
  public static final Duration DELIVERY_RUN = Duration.ofSeconds(1);

  /// The time between two searches of each node for targets that are behind. After the death of a
  /// node, a delivery is late by this time at most.
  public static final Duration COURIER_LOOK = Duration.ofSeconds(5);

  /// A courier without work for this long leaves the memory, at the latest after twice this time.
  public static final Duration COURIER_IDLE = Duration.ofMinutes(1);

  /// A host of receivers that failed several times in a row gets no requests for up to this time.
  public static final Duration CIRCUIT_OPEN = Duration.ofSeconds(30);

  /// A target that ended stays in the lists for this long, with the reason.
  public static final Duration ENDED_COURIERS_KEPT = Duration.ofDays(30);

  /// The time between two searches for such targets.
  public static final Duration COURIER_TIDYING = Duration.ofHours(1);

  /// The life of a token for a push service, which accepts at most a day.
  public static final Duration VAPID_TOKEN = Duration.ofHours(12);

  /// The time between two searches of each node for messages without a notification because a node
  /// died.
  public static final Duration PUSH_RECOVERY = Duration.ofMinutes(10);

  /// The longest time between two e-mail digests that an operator may choose.
  public static final Duration RAREST_DIGEST = Duration.ofDays(7);

  /// The validity of a code that confirms an e-mail address.
  public static final Duration EMAIL_CODE = Duration.ofHours(1);

  /// The codes of an account and of an address are counted for this long.
  public static final Duration EMAIL_CODES_COUNTED = Duration.ofDays(1);

  /// The time between two reports of one session that its user is active.
  public static final Duration ACTIVITY_NOTED = Duration.ofSeconds(20);

  /// The activity of a user is reported again, and written to the database, within this time.
  public static final Duration ACTIVITY_KNOWN = ACTIVITY_NOTED.plusSeconds(5);
}
