/// Files of messages: uploads in parts, downloads for users who may read the message, and their
/// removal.
@NullMarked
package kith.node.feature.files;

import org.jspecify.annotations.NullMarked;
