"""What an editor needs to help an owner: JSON Schemas of everything in content/, and VS Code's files."""
