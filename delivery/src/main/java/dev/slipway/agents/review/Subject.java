package dev.slipway.agents.review;

import dev.slipway.change.Diff;
import dev.slipway.change.SourceTree;
import dev.slipway.project.Project;
import dev.slipway.workspace.History;
import java.util.Optional;

/**
 * What is reviewed. A change in a repository has everything; a bare patch file has only its diff.
 *
 * @param title the author's title: untrusted
 * @param body the author's description: untrusted
 * @param author e-mail or login of the author, for experience; empty if unknown
 * @param diff what changes
 * @param base the files before; empty for a bare patch
 * @param candidate the files after; empty for a bare patch
 * @param history the past of the base; empty for a bare patch
 * @param project the base branch's configuration; empty where there is none
 */
public record Subject(
    String title,
    String body,
    String author,
    Diff diff,
    Optional<SourceTree> base,
    Optional<SourceTree> candidate,
    Optional<History> history,
    Optional<Project> project) {}
