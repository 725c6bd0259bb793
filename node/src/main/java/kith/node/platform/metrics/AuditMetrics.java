package kith.node.platform.metrics;

/// The metrics of the audit log and of moderation.
public final class AuditMetrics {
  private final Count lost;
  private final Count reused;
  private final Count filtered;
  private final Count muted;
  private final LabelledCounts joins;

  AuditMetrics(Instruments instruments) {
    lost =
        instruments.counter(
            "kith_audit_entries_lost_total",
            "Entries of users that were not stored in the audit log.");
    reused =
        instruments.counter(
            "kith_refresh_tokens_reused_total",
            "Devices that ended because their refresh token was used again.");
    filtered =
        instruments.counter(
            "kith_messages_filtered_total",
            "Messages that the text filter would have refused, in a dry run.");
    muted =
        instruments.counter(
            "kith_posts_of_muted_refused_total", "Posts that were refused because of a mute.");
    joins =
        instruments.counter("kith_join_requests", "Requests to join rooms, by outcome.", "fate");
  }

  /// A post of a muted member was refused.
  public void refusedMuted() {
    muted.inc();
  }

  /// @param fate one of a few fixed words
  public void joinRequest(String fate) {
    joins.labelValues(fate).inc();
  }

  public void lost() {
    lost.inc();
  }

  public void tokenReused() {
    reused.inc();
  }

  public void filtered() {
    filtered.inc();
  }
}
