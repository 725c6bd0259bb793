package kith.node.feature.files;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import kith.node.platform.config.Intervals;
import kith.node.platform.database.Jdbc;

/// The uploaded pictures of accounts, one for each account. They are deleted with their accounts.
final class ProfilePictureTable {
  private final Jdbc jdbc;

  ProfilePictureTable(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  CompletionStage<Optional<ProfilePicture>> find(String account) {
    return jdbc.query(
            "SELECT version, bytes FROM profile_picture WHERE account = ?",
            row -> new ProfilePicture(row.getString(1), row.getBytes(2)),
            account)
        .thenApply(rows -> rows.stream().findFirst());
  }

  CompletionStage<Integer> keep(String account, ProfilePicture picture) {
    return jdbc.update(
        """
        INSERT INTO profile_picture (account, version, bytes) VALUES (?, ?, ?)
        ON CONFLICT (account) DO UPDATE
        SET version = excluded.version, bytes = excluded.bytes, at = excluded.at
        """,
        account,
        picture.version(),
        picture.bytes());
  }

  /// Deletes the picture that a profile does not show any more, and an older upload; not a newer
  /// one, whose address is on its way to the profile.
  CompletionStage<Integer> delete(String account, String version) {
    return jdbc.update(
        """
        DELETE FROM profile_picture
        WHERE account = ? AND (version = ? OR at < now() - make_interval(secs => ?))
        """,
        account,
        version,
        (double) Intervals.ACCOUNT_ANSWER.multipliedBy(2).toSeconds());
  }
}
