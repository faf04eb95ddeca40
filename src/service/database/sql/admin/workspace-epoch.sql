SELECT name, epoch FROM workspaces WHERE id = $1;
